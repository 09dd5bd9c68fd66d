import fc from 'fast-check';
import { idsOf } from '../../../nodes/HeyReach/fields/ids';
import { eventName, heyReachEvents } from '../../../nodes/HeyReach/trigger/events';
import { markOf, newSecret, withSecret } from '../../../nodes/HeyReach/trigger/secret';
import {
	ownWebhooks,
	planWebhooks,
	readWebhook,
	secretOf,
	webhookNameFor,
	type RemoteWebhook,
	type WantedWebhook,
} from '../../../nodes/HeyReach/trigger/webhooks';

const ADDRESS = 'https://n8n.example.com/webhook/a1/webhook';
const SECRET = 'a'.repeat(64);

const wanted = (eventType: string, campaignIds: number[] = []): WantedWebhook => ({
	url: withSecret(ADDRESS, SECRET),
	eventType,
	campaignIds,
});
const remote = (id: number, webhook: Partial<RemoteWebhook> = {}): RemoteWebhook => ({
	...wanted('MESSAGE_SENT'),
	id,
	isActive: true,
	...webhook,
});

describe('planWebhooks', () => {
	it('changes nothing where all is as wanted, in whatever order campaigns are listed', () => {
		const there = remote(1, { campaignIds: [2, 1, 2] });
		expect(planWebhooks([wanted('MESSAGE_SENT', [1, 2])], [there])).toEqual({
			keep: [there],
			create: [],
			remove: [],
		});
	});

	it.each([
		['another event', remote(1, { eventType: 'FOLLOW_SENT' })],
		['other campaigns', remote(1, { campaignIds: [1] })],
		['no secret', remote(1, { url: ADDRESS })],
		['an old secret', remote(1, { url: withSecret(ADDRESS, 'b'.repeat(64)) })],
		['a pause', remote(1, { isActive: false })],
	])('replaces a webhook with %s', (_what, there) => {
		expect(planWebhooks([wanted('MESSAGE_SENT')], [there])).toEqual({
			keep: [],
			create: [wanted('MESSAGE_SENT')],
			remove: [there],
		});
	});

	it('keeps one of two alike', () => {
		const plan = planWebhooks([wanted('MESSAGE_SENT')], [remote(1), remote(2)]);
		expect(plan).toEqual({ keep: [remote(1)], create: [], remove: [remote(2)] });
	});

	it('carried out, leads to exactly what is wanted, and then asks for nothing more', () => {
		const event = fc.constantFrom('MESSAGE_SENT', 'FOLLOW_SENT', 'LIKED_POST', 'VIEWED_PROFILE');
		const campaigns = fc.constantFrom([], [1], [1, 2], [2, 1]);
		const wants = fc
			.tuple(fc.uniqueArray(event), campaigns)
			.map(([events, ids]) => events.map((one) => wanted(one, ids)));
		const url = fc.constantFrom(
			ADDRESS,
			withSecret(ADDRESS, SECRET),
			withSecret(ADDRESS, 'c'.repeat(64)),
		);
		const there = fc
			.array(fc.record({ eventType: event, campaignIds: campaigns, url, isActive: fc.boolean() }))
			.map((rows) => rows.map((row, id) => remote(id, row)));
		fc.assert(
			fc.property(wants, there, (want, before) => {
				const plan = planWebhooks(want, before);
				const created = plan.create.map((one, at) => remote(1_000 + at, one));
				const after = [...before.filter((one) => !plan.remove.includes(one)), ...created];
				expect(after.map(({ eventType }) => eventType).sort()).toEqual(
					want.map(({ eventType }) => eventType).sort(),
				);
				expect(planWebhooks(want, after)).toEqual({
					keep: expect.arrayContaining(after),
					create: [],
					remove: [],
				});
			}),
			{ numRuns: 5_000 },
		);
	});
});

it('takes for its own what delivers to its address, whatever the query', () => {
	const mine = [
		remote(1),
		remote(2, { url: ADDRESS }),
		remote(3, { url: `${ADDRESS}/?secret=x#y` }),
		remote(4, { url: 'HTTPS://N8N.EXAMPLE.COM:443/webhook/a1/webhook' }),
	];
	const foreign = [
		remote(5, { url: 'https://n8n.example.com/webhook/a2/webhook' }),
		remote(6, { url: 'https://other.example.com/webhook/a1/webhook' }),
		remote(7, { url: 'http://n8n.example.com/webhook/a1/webhook' }),
		remote(8, { url: 'https://n8n.example.com/webhook-test/a1/webhook' }),
		remote(9, { url: `https://evil.example/?to=${ADDRESS}` }),
		remote(10, { url: '' }),
	];
	expect(ownWebhooks({ address: ADDRESS, mark: markOf('a') }, [...foreign, ...mine])).toEqual(mine);
});

describe('At another address', () => {
	const OLD = 'https://before.example.com/webhook/a1/webhook';
	const mark = markOf('instance', 'workflow', 'node', 'production');
	const own = (id: number, secret: string) => remote(id, { url: withSecret(OLD, secret) });

	it('knows its own by the secret that n8n keeps, or by the mark in it', () => {
		const [kept, forgotten] = [SECRET, newSecret(mark)];
		const all = [own(1, kept), own(2, forgotten), own(3, 'b'.repeat(64)), remote(4, { url: OLD })];
		const ids = (secret?: string) =>
			ownWebhooks({ address: ADDRESS, mark, secret }, all).map(({ id }) => id);
		expect(ids(kept)).toEqual([1, 2]);
		expect(ids()).toEqual([2]);
	});

	it('takes nothing for its own that is another node’s', () => {
		const others = [
			['instance 2', 'workflow', 'node', 'production'],
			['instance', 'copy of the workflow', 'node', 'production'],
			['instance', 'workflow', 'another node', 'production'],
			['instance', 'workflow', 'node', 'test'],
			['instanceworkflow', '', 'node', 'production'],
		].map((node, id) => own(id, newSecret(markOf(...node))));
		const short = own(9, mark);
		expect(ownWebhooks({ address: ADDRESS, mark, secret: '' }, [...others, short])).toEqual([]);
		expect(ownWebhooks({ address: ADDRESS, mark, secret: mark }, [short])).toEqual([]);
	});

	it('makes secrets that nobody can guess, each another', () => {
		const secrets = Array.from({ length: 100 }, () => newSecret(mark));
		expect(new Set(secrets.map((secret) => secret.slice(16))).size).toBe(100);
		for (const secret of secrets) expect(secret).toMatch(/^[\da-f]{64}$/);
	});
});

it('reads a secret of its own making back, and no other', () => {
	expect(secretOf([remote(1, { url: ADDRESS }), remote(2)])).toBe(SECRET);
	expect(secretOf([remote(1, { url: withSecret(ADDRESS, 'guess') })])).toBeUndefined();
	expect(secretOf([])).toBeUndefined();
});

it.each([
	['LEAD_AUTO_TAGGED_NOT_INTERESTED', 'n8n tagged not interested'],
	['LEAD_AUTO_TAGGED_POSITIVE', 'n8n lead auto tagged'],
	['AVERYLONGWORDTHATFITSINNONAME', 'n8n averylongwordthatfits'],
])('shortens the name for %s at a whole word where it can', (event, name) => {
	expect(webhookNameFor(event)).toBe(name);
});

it('names webhooks in the 3 to 25 characters that HeyReach takes, each differently', () => {
	const names = [...heyReachEvents.map(({ value }) => String(value)), 'x'].map((event) =>
		webhookNameFor(event.toUpperCase()),
	);
	for (const name of names) {
		expect(name).toMatch(/^n8n [a-z ]*[a-z]$/);
		expect(name.length).toBeLessThanOrEqual(25);
	}
	expect(new Set(names).size).toBe(names.length);
	expect(names).toContain('n8n connection accepted');
	expect(names).toContain('n8n every reply');
});

it('reads rows whose forms differ', () => {
	const row = { webhookName: 'x', webhookUrl: ADDRESS, eventType: 'message_sent' };
	expect(readWebhook({ ...row, webhookId: '7', campaignIds: ['1', 2], isActive: false })).toEqual({
		id: 7,
		url: ADDRESS,
		eventType: 'MESSAGE_SENT',
		campaignIds: [1, 2],
		isActive: false,
	});
	expect(readWebhook({ ...row, id: 8, campaignIds: null })).toMatchObject({
		campaignIds: [],
		isActive: true,
	});
	expect(readWebhook({ ...row })).toBeUndefined();
});

it('takes campaigns as the list and as expressions give them', () => {
	expect(idsOf([1, '2'], 'campaign')).toEqual([1, 2]);
	expect(idsOf('1, 2,', 'campaign')).toEqual([1, 2]);
	expect(idsOf(3, 'campaign')).toEqual([3]);
	for (const nothing of [[], '', null, undefined]) expect(idsOf(nothing, 'campaign')).toEqual([]);
	expect(() => idsOf(['Founders'], 'campaign')).toThrow('“Founders” is not the ID of a campaign');
});

it('takes event names in any writing', () => {
	for (const name of [
		'LEAD_TAG_UPDATED',
		'lead_tag_updated',
		' Lead tag updated ',
		'Lead-Tag Updated',
	]) {
		expect(eventName(name)).toBe('lead_tag_updated');
	}
	for (const nothing of [undefined, null, 7, '', ' ', {}]) expect(eventName(nothing)).toBe('');
});
