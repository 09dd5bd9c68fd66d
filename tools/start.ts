import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Listr } from 'listr2';
import { startSandbox } from '../sandbox';
import type { Sandbox } from '../sandbox';
import { N8nClient, OWNER } from './n8n/client';
import { CLIENTS, fillClients } from './clients';
import { FORM_LOGIN, connectAgency, connectSandbox } from './n8n/connect';
import type { Credentials } from './n8n/connect';
import { packTarball } from './n8n/pack';
import { DEFAULT_N8N, ensureRuntime } from './n8n/runtime';
import type { Runtime } from './n8n/runtime';
import { prepareN8n } from './n8n/server';
import type { N8n } from './n8n/server';
import { whenAskedToEnd } from './lifetime';
import { tryLock } from './lock';
import { PROJECT } from './paths';
import { registerGhlTriggers } from './highLevelApps';
import { requireFreePort } from './ports';
import { importTemplates } from './templates';
import type { ImportedTemplate } from './templates';
import { firstSteps } from './tour';

const HELP = `npm start: a sandbox HighLevel and HeyReach with an agency of three clients, and a real n8n with this
pack, connected to it.

  npm start               go on with the workflows of the last start
  npm start -- --fresh    begin with an empty n8n

  N8N_PORT, SANDBOX_PORT  other ports than 5678 and 4010
  START_FOLDER            another folder than .start for what n8n stores
`;

/** n8n's database and the list of imported templates live here between starts. */
const STATE = process.env.START_FOLDER || join(PROJECT, '.start');

/** In {@link STATE}: held as long as this process works there. */
const LOCK = 'in-use.lock.sqlite';

/** What the steps hand on to each other. */
interface Started {
	tarball?: string;
	runtime?: Runtime;
	sandbox?: Sandbox;
	n8n?: N8n;
	client?: N8nClient;
	credentials?: Credentials;
	/** The page of the Data Table. */
	clientsPage?: string;
	templates?: ImportedTemplate[];
}

const started: Started = {};
let stopping = false;

function port(variable: string, usual: number): number {
	const value = Number(process.env[variable] ?? usual);
	if (!Number.isInteger(value) || value < 1 || value > 65_535)
		throw new Error(`${variable} must be a port number, not "${process.env[variable]}".`);
	return value;
}

function present<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('A step before this one did not end.');
	return value;
}

function steps(fresh: boolean): Listr<Started> {
	const n8nPort = port('N8N_PORT', 5678);
	const sandboxPort = port('SANDBOX_PORT', 4010);
	const advice = (variable: string, other: number) =>
		`Stop what uses it, or choose another port: ${variable}=${other} npm start`;
	return new Listr<Started>(
		[
			{
				title: 'Check the folder and the ports',
				task: async () => {
					if (!tryLock(join(STATE, LOCK)))
						throw new Error(
							`Another "npm start" works in ${shown(STATE)}, and two would break each other's database. Stop it, or give this one a folder and ports of its own: START_FOLDER=${shown(STATE)}-2 N8N_PORT=${n8nPort + 1} SANDBOX_PORT=${sandboxPort + 1} npm start`,
						);
					await requireFreePort(n8nPort, 'n8n', advice('N8N_PORT', n8nPort + 1));
					await requireFreePort(
						sandboxPort,
						'the sandbox',
						advice('SANDBOX_PORT', sandboxPort + 1),
					);
				},
			},
			{
				title: 'Build and pack the nodes',
				task: async (context) => {
					context.tarball = await packTarball();
				},
			},
			{
				title: `Install n8n ${DEFAULT_N8N} (only the first time; it takes some minutes)`,
				task: async (context, task) => {
					context.runtime = await ensureRuntime(DEFAULT_N8N, (line) => (task.output = line));
				},
			},
			{
				title: 'Start the sandbox',
				task: async (context) => {
					context.sandbox = await startSandbox({
						port: sandboxPort,
						indexLagMs: 2000,
						agency: { locations: CLIENTS.length },
						heyReachClients: true,
					});
				},
			},
			{
				title: 'Start n8n',
				task: async (context) => {
					if (fresh) await empty(STATE);
					const runtime = present(context.runtime);
					const { tarball } = context;
					context.n8n = await prepareN8n({ runtime, userFolder: STATE, tarball, port: n8nPort });
					context.n8n.onCrash((error) => void stop(1, error.message));
					await context.n8n.start();
				},
			},
			{
				title: 'Connect the credentials',
				task: async (context) => {
					context.client = new N8nClient(present(context.n8n).url);
					await context.client.setupOwner();
					const sandbox = present(context.sandbox);
					const locationIds = CLIENTS.map(({ locationId }) => locationId);
					context.credentials = {
						...(await connectSandbox(context.client, sandbox, CLIENTS)),
						ghlOAuth2Api: await connectAgency(context.client, sandbox, locationIds),
					};
				},
			},
			{
				title: 'Fill the Data Table of the clients',
				task: async (context) => {
					context.clientsPage = await fillClients(present(context.client));
				},
			},
			{
				title: 'Import the templates',
				task: async (context) => {
					context.templates = await importTemplates(
						present(context.client),
						present(context.credentials),
						join(STATE, 'templates.json'),
						present(context.sandbox),
					);
				},
			},
			{
				title: 'Register the webhooks of HighLevel',
				task: async (context) => {
					await registerGhlTriggers(
						present(context.client),
						present(context.sandbox),
						present(context.templates),
					);
				},
			},
		],
		{ registerSignalListeners: false, rendererOptions: { collapseErrors: false } },
	);
}

const shown = (folder: string): string => relative(process.cwd(), folder) || folder;

/** Removes all that a folder holds but the lock, which is this process's own. */
async function empty(folder: string): Promise<void> {
	for (const name of await readdir(folder))
		if (name !== LOCK) await rm(join(folder, name), { recursive: true, force: true });
}

async function closingText(): Promise<string> {
	const n8n = present(started.n8n);
	const sandbox = present(started.sandbox);
	const templates = present(started.templates);
	const [first] = CLIENTS;
	const steps = await firstSteps({
		n8nUrl: n8n.url,
		sandbox,
		clientsPage: present(started.clientsPage),
		templates,
	});
	sandbox.tour = steps;
	sandbox.shownFirst = { location: first.locationId, workspace: first.workspaceId };
	return `
n8n      ${n8n.url}
         log in with ${OWNER.email} and ${OWNER.password}
Sandbox  ${sandbox.url}
         its HighLevel contacts, HeyReach leads and every request they get
Forms    of the workflows
         user ${FORM_LOGIN.user}, password ${FORM_LOGIN.password}

The agency has three clients: ${CLIENTS.map(({ name }) => name).join(', ')}.
Each has a HighLevel location and a HeyReach workspace. n8n reaches all of them with two credentials:
${credentialLines()}
Workflows that read the Data Table Clients serve all of them; the others serve the location and the workspace of no client.

Workflows, with their credentials connected:
${templates
	.map(
		(template) => `  ${template.name} (${how(template)})\n    ${n8n.url}/workflow/${template.id}`,
	)
	.join('\n')}

First steps:
${steps
	.map(({ text, url }, index) => `  ${index + 1}. ${text}${url ? `\n     ${url}` : ''}`)
	.join('\n')}

n8n keeps its workflows in ${shown(STATE)} until "npm start -- --fresh"; the sandbox forgets all when it stops.
Ctrl-C stops both.
`;
}

/** How a workflow starts. */
function how({ active, missing, waitsFor }: ImportedTemplate): string {
	if (missing.length > 0) return `off: it needs a credential for ${missing.join(', ')}`;
	if (active) return 'published';
	return waitsFor ? `off: ${waitsFor}` : 'start it by hand';
}

/** What each credential opens. */
function credentialLines(): string {
	const { ghlOAuth2Api, heyReachApi, ghlPrivateIntegrationApi } = present(started.credentials);
	const lines = [
		[present(ghlOAuth2Api).name, 'OAuth2, signed in as a user of the agency: the three locations'],
		[heyReachApi.name, 'the three workspaces by name, and one more of no client'],
		[ghlPrivateIntegrationApi.name, 'a private integration: one more location, of no client'],
	];
	return lines.map(([name, opens]) => `  ${name.padEnd(20)} ${opens}`).join('\n');
}

/** Ends n8n, then the sandbox, then this process. */
async function stop(code: number, message?: string): Promise<void> {
	if (stopping) return;
	stopping = true;
	if (message) process.stderr.write(`\n${message}\n`);
	if (started.n8n || started.sandbox) process.stdout.write('\nStopping n8n and the sandbox ...\n');
	try {
		await started.n8n?.stop();
		await started.sandbox?.close();
	} finally {
		process.exit(code);
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { fresh: { type: 'boolean', default: false }, help: { type: 'boolean' } },
	});
	if (values.help) {
		process.stdout.write(HELP);
		return;
	}
	whenAskedToEnd(() => void stop(0));
	process.on('uncaughtException', (error) => void stop(1, error.stack));
	process.on('unhandledRejection', (reason) => void stop(1, String(reason)));
	// A step that fails has been shown, with its reason, by the list itself.
	await steps(values.fresh)
		.run(started)
		.catch(() => stop(1));
	if (!stopping) process.stdout.write(await closingText());
}

main().catch((error: Error) => void stop(1, error.message));
