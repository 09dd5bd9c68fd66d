import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { actOnContact } from './contactActs';
import { control } from './control';
import { Edits } from './edits';
import { Faults } from './faults';
import { RateLimits } from './ghl/gate';
import { flood } from './flood';
import { writeAsUser } from './ghl/providerMessages';
import { highLevel } from './ghl/server';
import { GhlWebhooks } from './ghl/webhooks/sender';
import { heyReach } from './heyreach/server';
import { WorkspaceEvents } from './heyreach/workspaceEvents';
import { authorizePages } from './oauth/authorize';
import { OAuth } from './oauth/oauth';
import { RequestLog } from './requestLog';
import type { Service } from './requestLog';
import { fill } from './seed';
import { firstDayBefore } from './seed/moments';
import type { SeedOptions } from './seed/options';
import { defaultSettings } from './settings';
import type { Settings } from './settings';
import { SlidingWindow } from './slidingWindow';
import { SubAccounts } from './subAccounts';
import type { Sandbox } from './sandbox';
import { SandboxState } from './state';
import { watch } from './traffic';

export { SANDBOX } from './accounts';
export type { FaultRequest } from './faults';
export type { FloodResult } from './flood';
export { PUBLIC_KEY as GHL_WEBHOOK_PUBLIC_KEY } from './ghl/webhooks/keys';
export type { HeyReachEvent } from './heyreach/events';
export type { Grant } from './oauth/grant';
export type { LoggedRequest } from './requestLog';
export type { Sandbox, TourStep } from './sandbox';
export { clientLocationId } from './seed/agency';
export type { Settings } from './settings';

export interface SandboxOptions extends Partial<Settings>, Partial<SeedOptions> {
	/** 0 (the default): any free one. */
	port?: number;
	host?: '127.0.0.1';
	/** Whether to print a line for each request. */
	log?: boolean;
}

const GHL_PREFIX = '/ghl';
const HEYREACH_PREFIX = '/heyreach/api/public';
const MARKETPLACE_PREFIX = '/marketplace';

/**
 * Starts a HighLevel and a HeyReach on one loopback port.
 *
 * @throws with code EADDRINUSE when the port is taken.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1', log = false } = options;
	const { seed = true, seedCustomFields = true, linkedInFields = true, ...others } = options;
	const { heyReachClients = false, agency, firstDay, ...rest } = others;
	const startSettings = (): Settings => settingsFrom(rest);
	const settings = startSettings();
	const state = new SandboxState(settings);
	const requests = new RequestLog();
	const faults = new Faults();
	const edits = new Edits(state);
	const oauth = new OAuth(state, settings);
	const limits = new RateLimits(settings);
	const window = new SlidingWindow();
	const heyReachEvents = new WorkspaceEvents(state, settings);
	const ghlWebhooks = new GhlWebhooks(state, settings);
	oauth.installations.changed = (change) => ghlWebhooks.tellInstallation(change);

	const sandbox: Sandbox = {
		url: '',
		ghlUrl: '',
		heyReachUrl: '',
		marketplaceUrl: '',
		settings,
		state,
		requests,
		faults,
		oauth,
		subAccounts: new SubAccounts(state, oauth),
		writeAsUser: (message) => {
			const { result, changes } = state.changes.during(() => writeAsUser(state, message));
			ghlWebhooks.tell(changes);
			return result;
		},
		actOnContact: (contactId, act) => {
			ghlWebhooks.tell(state.changes.during(() => actOnContact(state, contactId, act)).changes);
		},
		edits,
		tour: [],
		shownFirst: {},
		counters: () => ({ highlevel: limits.counters(), heyreach: window.counters() }),
		sendHeyReachEvent: (event) => heyReachEvents.send(event),
		ghlWebhooks,
		flood: (options) => flood(sandbox, options),
		reset: () => {
			Object.assign(settings, startSettings());
			oauth.clear();
			fill(state, {
				...{ seed, seedCustomFields, linkedInFields, heyReachClients, agency },
				firstDay: firstDay ?? firstDayBefore(new Date()),
			});
			heyReachEvents.clear();
			ghlWebhooks.clear();
			requests.clear();
			faults.clear();
			edits.clear();
			limits.clear();
			window.clear();
		},
		close: async () => {
			heyReachEvents.close();
			ghlWebhooks.close();
			await app.close();
		},
	};

	const app = newServer(log);
	const watched =
		(service: Service, mount: (scope: FastifyInstance) => Promise<void>) =>
		async (scope: FastifyInstance): Promise<void> => {
			watch(scope, { service, settings, log: requests, faults });
			await mount(scope);
		};
	const baseUrl = (): string => sandbox.ghlUrl;
	await app.register(
		watched('highlevel', (scope) =>
			highLevel(scope, {
				state,
				settings,
				oauth,
				limits,
				webhooks: ghlWebhooks,
				baseUrl,
			}),
		),
		{ prefix: GHL_PREFIX },
	);
	await app.register(
		watched('heyreach', (scope) => heyReach(scope, { state, settings, window })),
		{ prefix: HEYREACH_PREFIX },
	);
	await app.register(
		watched('marketplace', (scope) => authorizePages(scope, { state, settings, oauth })),
		{ prefix: MARKETPLACE_PREFIX },
	);
	await app.register(control, { sandbox });

	sandbox.reset();
	sandbox.url = await app.listen({ port, host });
	sandbox.ghlUrl = sandbox.url + GHL_PREFIX;
	sandbox.heyReachUrl = sandbox.url + HEYREACH_PREFIX;
	sandbox.marketplaceUrl = sandbox.url + MARKETPLACE_PREFIX;
	return sandbox;
}

/** The defaults with the options that are settings laid over them. */
function settingsFrom(options: Partial<Settings>): Settings {
	const settings = defaultSettings();
	const names = Object.keys(settings) as Array<keyof Settings>;
	const given = names.filter((name) => options[name] !== undefined);
	return Object.assign(
		settings,
		structuredClone(Object.fromEntries(given.map((name) => [name, options[name]]))),
	);
}

function newServer(log: boolean): FastifyInstance {
	const app = fastify({
		// Open connections (keep-alive, a held answer) do not keep it from closing.
		forceCloseConnections: true,
		bodyLimit: 16 * 1024 * 1024,
		routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
	});
	app.removeContentTypeParser(['application/json', 'text/plain']);
	const parseJson = app.getDefaultJsonParser('error', 'error');
	// Clients name a content type on calls without a body too.
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
		if (body === '') done(null, undefined);
		else void parseJson(request, String(body), done);
	});
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
		if (body === '' || request.is404) done(null, undefined);
		else done(Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 }));
	});
	if (log) {
		app.addHook('onResponse', async ({ method, url }, { statusCode, elapsedTime }) => {
			if (url.startsWith('/control')) return;
			const path = url.replace(/\?.*$/, '');
			process.stdout.write(`${statusCode} ${method} ${path} ${Math.round(elapsedTime)} ms\n`);
		});
	}
	return app;
}
