import { parseArgs } from 'node:util';
import { SANDBOX, startSandbox } from './index';

const DEFAULT_PORT = '4010';

/** `npm run sandbox [-- --port 4010]`: runs until Ctrl-C. */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string' } } });
	const port = Number(values.port ?? process.env.SANDBOX_PORT ?? DEFAULT_PORT);
	const sandbox = await startSandbox({ port, indexLagMs: 2000, log: true });
	process.stdout.write(
		`Sandbox page         ${sandbox.url}/

HighLevel base URL   ${sandbox.ghlUrl}
  private token      ${SANDBOX.privateToken}
  location id        ${SANDBOX.locationId}
  OAuth client id    ${SANDBOX.oauthClientId}
  OAuth secret       ${SANDBOX.oauthClientSecret}
  authorize page     ${sandbox.marketplaceUrl}/v2/oauth/chooselocation
HeyReach base URL    ${sandbox.heyReachUrl}
  API key            ${SANDBOX.heyReachKey}

Stop with Ctrl-C.
`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

main().catch((error: unknown) => {
	const { code, port, message } = error as { code?: string; port?: number; message: string };
	process.stderr.write(
		code === 'EADDRINUSE'
			? `Port ${port} is already in use. Stop what runs there, or choose another: npm run sandbox -- --port 4020\n`
			: `${message}\n`,
	);
	process.exitCode = 1;
});
