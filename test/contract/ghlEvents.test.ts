import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useSandbox } from '../support/useSandbox';
import { describeEvents, type OfficialEvent } from './support';

/** On live deliveries beside the documented fields. */
const ENVELOPE = ['timestamp', 'webhookId', 'appId', 'versionId'];
/** On live deliveries, and not on the page. */
const SEEN_FIELDS: Record<string, string[] | undefined> = {
	INSTALL: ['installType', 'isBulkInstallation', 'installToFutureLocations', 'approveAllLocations'],
};
/** Pages whose events the sandbox knows by name only. */
const ONLY_BY_NAME =
	/^(Association|Invoice|LCEmailStats|ObjectSchema|Order|Price|Product|ProviderOutbound|Record|Relation)/;
/** A page is named after its event; these are not. */
const NAMES: Record<string, string> = {
	AppInstall: 'INSTALL',
	AppUninstall: 'UNINSTALL',
	PlanChange: 'PLAN_CHANGE',
	ConversationUnreadWebhook: 'ConversationUnreadUpdate',
};

const sandbox = useSandbox({});
const bodies: Array<Record<string, unknown>> = [];
const server = createServer((request, response) => {
	let text = '';
	request.on('data', (chunk) => (text += chunk));
	request.on('end', () => {
		bodies.push(JSON.parse(text) as Record<string, unknown>);
		response.end();
	});
});
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

/** The keys an event may have, and the JSON type of each where the page gives one. */
function known({ schema, examples }: OfficialEvent): Map<string, unknown> {
	const typed = Object.entries(schema?.properties ?? {}).map(
		([key, { type }]): [string, unknown] => [key, type],
	);
	const shown = examples.flatMap((example) => Object.keys(example));
	return new Map([...shown.map((key): [string, unknown] => [key, undefined]), ...typed]);
}

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

describeEvents('the events of the sandbox', (all) => {
	const pages = Object.entries(all).filter(([page]) => !ONLY_BY_NAME.test(page));

	it.each(pages)('look as the page %s says', async (page, official) => {
		const type = NAMES[page] ?? page;
		const { port } = server.address() as AddressInfo;
		await sandbox.ghlWebhooks.send({ type, url: `http://127.0.0.1:${port}/` });
		const body = bodies.at(-1) ?? {};
		expect(body.type).toBe(type);
		const keys = known(official);
		const wrong = Object.entries(body).filter(
			([key, value]) =>
				!ENVELOPE.includes(key) &&
				!SEEN_FIELDS[type]?.includes(key) &&
				(!keys.has(key) || ![undefined, typeOf(value)].includes(keys.get(key) as string)),
		);
		expect(wrong).toEqual([]);
		// Enough of it to be worth a comparison.
		expect(Object.keys(body).length).toBeGreaterThan(ENVELOPE.length + 1);
		const nested = official.schema?.properties?.appointment?.properties;
		if (nested === undefined) return;
		const inside = Object.keys(body.appointment as object).filter((key) => !(key in nested));
		expect(inside).toEqual([]);
	});
});
