import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import type { Json } from '../support/templateCode';

interface Assignments {
	assignments: Array<{ name: string; value: unknown }>;
}
interface Parameters {
	assignments?: Assignments;
	rules?: { values: Array<{ conditions: { conditions: Array<{ leftValue: string }> } }> };
}

const FILE = join(
	__dirname,
	'../../templates/stop-heyreach-when-the-prospect-answers-elsewhere.json',
);
const { nodes } = JSON.parse(readFileSync(FILE, 'utf8')) as {
	nodes: Array<{ name: string; parameters: Parameters }>;
};
const parametersOf = (node: string): Parameters =>
	nodes.find(({ name }) => name === node)?.parameters ?? {};
const assigned = (node: string) => parametersOf(node).assignments?.assignments ?? [];

/** As n8n does: an expression that breaks gives nothing, and the node goes on. */
function evaluate(expression: unknown, outputs: Record<string, Json>, $json: Json): unknown {
	const $ = (name: string) => ({ first: () => ({ json: outputs[name] }) });
	const code = String(expression)
		.replace(/^=\{\{/, 'return (')
		.replace(/\}\}$/, ')');
	const run = compileFunction(code, ['$', '$json']) as (...given: unknown[]) => unknown;
	try {
		return run($, $json) ?? null;
	} catch {
		return null;
	}
}

const SETTINGS = Object.fromEntries(
	assigned('Your settings').map(({ name, value }) => [name, value]),
);

/** The way an event goes at *Stop for whom?* where one client fits, and what *Nothing to stop* would say. */
function decide(event: string, payload: Json, settings: Json = SETTINGS) {
	const given = { ...settings, event, payload, contactId: 'c1' };
	const why = Object.fromEntries(
		assigned('Why stop?').map(({ name, value }) => [name, evaluate(value, {}, given)]),
	);
	const client = { fitting: 1 };
	const outputs = { 'Your settings': given, 'Why stop?': why, 'The client': client };
	const way = parametersOf('Stop for whom?').rules?.values.findIndex(
		({ conditions }) => evaluate(conditions.conditions[0].leftValue, outputs, client) === true,
	);
	const [because] = assigned('Nothing to stop');
	return { stops: way === 1, why: why.why, because: evaluate(because.value, outputs, client) };
}

describe('the reason to stop', () => {
	it.each([
		['InboundMessage', { messageType: 'SMS' }, 'replied by SMS'],
		['InboundMessage', { tags: 'customer, vip' }, 'replied by message'],
		['AppointmentCreate', {}, 'booked an appointment'],
		['ContactDndUpdate', { dndSettings: { Email: null, SMS: { status: 'active' } } }, 'opted out'],
		['ContactTagUpdate', { tags: ['VIP', 'Customer'] }, 'has the tag customer'],
	])('is found in %s %j', (event, payload, why) => {
		expect(decide(event, payload)).toMatchObject({ stops: true, why });
	});

	it.each([
		['ContactTagUpdate', { tags: ['vip'] }],
		['ContactDndUpdate', { dnd: false, dndSettings: { Email: null } }],
		['ContactUpdate', {}],
	])('is not in %s %j', (event, payload) => {
		expect(decide(event, payload)).toMatchObject({ stops: false, why: '' });
	});

	it.each(['stopOnReply', 'stopTags'])('stops no one where %s was deleted, and says so', (name) => {
		const { [name]: gone, ...settings } = SETTINGS;
		expect(gone).toBeDefined();
		const { stops, because } = decide('ContactTagUpdate', { tags: ['vip'] }, settings);
		expect(stops).toBe(false);
		expect(because).toContain(`Your settings lacks ${name}`);
	});

	it('stops no one where the reason cannot be worked out', () => {
		const broken = { ...SETTINGS, stopTags: { toString: 0 } };
		expect(decide('ContactTagUpdate', { tags: ['vip'] }, broken).stops).toBe(false);
	});
});
