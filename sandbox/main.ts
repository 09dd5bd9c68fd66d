import { parseArgs } from 'node:util';
import { clientLocationId, SANDBOX, startSandbox } from './index';

const DEFAULT_PORT = '4010';

/**
 * `npm run sandbox [-- --port 4010] [--agency 60]`: runs until Ctrl-C. With `--agency` the company has
 * that many locations more, and HeyReach the workspaces of the first three.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, agency: { type: 'string' } },
	});
	const port = Number(values.port ?? process.env.SANDBOX_PORT ?? DEFAULT_PORT);
	const locations = Number(values.agency ?? 0);
	if (!Number.isInteger(locations) || locations < 0) {
		throw new Error('--agency takes a number of locations, e.g. --agency 60');
	}
	const isAgency = locations > 0;
	const sandbox = await startSandbox({
		port,
		indexLagMs: 2000,
		log: true,
		heyReachClients: isAgency,
		...(isAgency && { agency: { locations } }),
	});
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
${isAgency ? clientLines(locations) : ''}
Stop with Ctrl-C.
`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
	}
}

/** The first clients, which have a HeyReach workspace too. */
const clientLines = (locations: number): string =>
	SANDBOX.heyReachClients
		.slice(0, locations)
		.map(
			({ name, key }, client) =>
				`${name}\n  location id        ${clientLocationId(client)}\n  API key            ${key}\n`,
		)
		.join('');

main().catch((error: unknown) => {
	const { code, port, message } = error as { code?: string; port?: number; message: string };
	process.stderr.write(
		code === 'EADDRINUSE'
			? `Port ${port} is already in use. Stop what runs there, or choose another: npm run sandbox -- --port 4020\n`
			: `${message}\n`,
	);
	process.exitCode = 1;
});
