import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { ghlEvents } from '../../nodes/Ghl/trigger/events';
import { readKeys, signatureProblem } from '../../nodes/Ghl/trigger/signature';
import { ghlWorkflow, signedDelivery } from '../workflow/ghlTrigger';
import { describeEvents, type OfficialEvent } from './support';
import { officialSdk } from './support/sdk';

/** Pages whose name is not what the deliveries carry in `type`. */
const NAMES: Record<string, string> = {
	AppInstall: 'INSTALL',
	AppUninstall: 'UNINSTALL',
	PlanChange: 'PLAN_CHANGE',
	ConversationUnreadWebhook: 'ConversationUnreadUpdate',
};

describe('Signatures, judged by the official SDK too', () => {
	const { webhooks } = officialSdk('http://127.0.0.1:1', 'pit-1').sdk;
	const pairs = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
	const pem = (pair: (typeof pairs)[number]) =>
		String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
	const ours = (body: Buffer, signature: string, key: string) =>
		signatureProblem({ 'x-ghl-signature': signature }, body, readKeys(key)) === undefined;

	it('says yes and no where the SDK does, with any key, body and spoiled signature', () => {
		let accepted = 0;
		const cases = fc.record({
			body: fc.oneof(
				fc.uint8Array().map((bytes) => Buffer.from(bytes)),
				fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
			),
			signer: fc.nat(1),
			judge: fc.nat(1),
			flippedBit: fc.option(fc.nat(511), { freq: 1 }),
			addedByte: fc.nat(4).map((number) => number === 0),
		});
		fc.assert(
			fc.property(cases, ({ body, signer, judge, flippedBit, addedByte }) => {
				const bytes = sign(null, body, pairs[signer].privateKey);
				if (flippedBit !== null) bytes[flippedBit >> 3] ^= 1 << (flippedBit & 7);
				const text = (addedByte ? Buffer.concat([bytes, Buffer.of(1)]) : bytes).toString('base64');
				const theirs = webhooks.verifyEd25519Signature(body, text, pem(pairs[judge]));
				expect(ours(body, text, pem(pairs[judge]))).toBe(theirs);
				if (theirs) accepted++;
			}),
			{ numRuns: 2_000 },
		);
		expect(accepted).toBeGreaterThan(100);
	});

	it('takes a key in each form in which the SDK takes base64 and PEM', () => {
		const body = Buffer.from('{"type":"ContactCreate"}');
		const signature = sign(null, body, pairs[0].privateKey).toString('base64');
		const der = pairs[0].publicKey.export({ type: 'spki', format: 'der' });
		for (const key of [
			pem(pairs[0]),
			der.toString('base64'),
			der.subarray(-32).toString('base64'),
		]) {
			expect(webhooks.verifyEd25519Signature(body, signature, key)).toBe(true);
			expect(ours(body, signature, key)).toBe(true);
		}
	});
});

describeEvents('The events that HighLevel documents', (events) => {
	const pages = Object.entries(events);
	const known = ghlEvents.map(({ value }) => value);

	it('are all there to choose, and no other', () => {
		expect([...known].sort()).toEqual(pages.map(([page]) => NAMES[page] ?? page).sort());
	});

	it('carry the names that can be chosen', () => {
		const carried = pages.flatMap(([, { examples }]) => examples.map(({ type }) => type));
		// 'string' is a slip of the page; SMS and Email are kinds of message for a provider.
		const odd = ['string', 'SMS', 'Email', undefined];
		expect(
			carried.filter((type) => !odd.includes(type as string) && !known.includes(String(type))),
		).toEqual([]);
	});

	const examples = pages.flatMap(([page, { examples: list }]) =>
		list.map((example, at) => ({ name: `${page} ${at + 1}`, page, example })),
	);

	it.each(examples)(
		'$name starts the workflow, with its contact and location',
		async ({ page, example }) => {
			const body = { webhookId: `w-${page}-${JSON.stringify(example).length}`, ...example };
			const { items = [] } = await ghlWorkflow()(signedDelivery(JSON.stringify(body)));
			expect(items).toHaveLength(1);
			const [item] = items;
			expect(item.payload).toEqual(body);
			expect(item.contactId).toBe(contactOf(page, example));
			expect(item.locationId).toBe(locationOf(page, example));
			expect(item.eventKnown).toBe(known.includes(String(item.event)) ? undefined : false);
			if (page === 'ProviderOutboundMessage') expect(item.event).toBe(page);
			else expect(item.event).toBe(example.type ?? '');
		},
	);
});

type Example = OfficialEvent['examples'][number];

/** A second reading of where a page's example has its contact: by hand, page by page. */
function contactOf(page: string, example: Example): unknown {
	if (page.startsWith('Contact')) return example.id;
	if (page.startsWith('Invoice')) return (example.contactDetails as Example).id;
	if (page.startsWith('Appointment')) return (example.appointment as Example).contactId;
	if (page.startsWith('Relation')) return example.secondRecordId;
	return example.contactId;
}

function locationOf(page: string, example: Example): unknown {
	if (page.startsWith('Invoice')) return example.altId;
	if (page.startsWith('Location')) return example.id;
	if (page === 'UserCreate' && example.locationId === undefined) {
		const { locations } = example;
		return Array.isArray(locations) && locations.length === 1
			? (locations[0] as unknown)
			: undefined;
	}
	return example.locationId;
}
