import { SANDBOX } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()].filter(isOurs);
const isOurs = (contact: { locationId: string }) => contact.locationId === SANDBOX.locationId;
const anExpression = byId('={{ $json.contactId }}');

describe('Contact Tag', () => {
	it('tags many contacts in few calls, and each item gets the tags of its own contact', async () => {
		const chosen = contacts().slice(0, 150);
		const before = new Map(chosen.map(({ id, tags }) => [id, [...tags]]));
		const { json, error, hints, outputs } = await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: anExpression, tags: 'Fresh' },
			{ items: chosen.map(({ id }) => ({ contactId: id })) },
		);
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)).toEqual([
			'POST /contacts/bulk/tags/update/add',
			'POST /contacts/bulk/tags/update/add',
		]);
		expect(json).toEqual(
			chosen.map(({ id }) => ({ contactId: id, tags: [...(before.get(id) ?? []), 'fresh'] })),
		);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			chosen.map((_, item) => ({ item })),
		);
		for (const { id } of chosen) expect(sandbox.state.contacts.get(id)?.tags).toContain('fresh');
		expect(hints.map(({ message }) => message)).toEqual([
			'2 calls to HighLevel: 148 calls saved by sending items together',
		]);
	});

	it('removes tags in the same way', async () => {
		const chosen = contacts().filter(({ tags }) => tags.length > 0);
		const tag = chosen[0].tags[0];
		const { json, error } = await runGhl(
			sandbox,
			'contactTag:remove',
			{ contactId: anExpression, tags: tag },
			{ items: chosen.map(({ id }) => ({ contactId: id })) },
		);
		expect(error).toBeUndefined();
		expect(callsOf(sandbox)[0]).toBe('POST /contacts/bulk/tags/update/remove');
		expect(json.filter(({ tags }) => (tags as string[]).includes(tag))).toEqual([]);
	});

	it('shares a call only between items with the same tags', async () => {
		const [one, two, three] = contacts();
		await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: anExpression, tags: '={{ $json.tags }}' },
			{
				items: [
					{ contactId: one.id, tags: 'x' },
					{ contactId: two.id, tags: 'y' },
					{ contactId: three.id, tags: 'x' },
				],
			},
		);
		expect(new Set(callsOf(sandbox))).toEqual(
			new Set(['POST /contacts/bulk/tags/update/add', `POST /contacts/${two.id}/tags`]),
		);
		expect(sandbox.state.contacts.get(three.id)?.tags).toContain('x');
		expect(sandbox.state.contacts.get(three.id)?.tags).not.toContain('y');
	});

	it('puts a failure on the item it belongs to', async () => {
		const [one, two] = contacts();
		const { json } = await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: anExpression, tags: 'x' },
			{
				items: [
					{ contactId: one.id },
					{ contactId: 'aGhostThatIsNotThere' },
					{ contactId: two.id },
				],
				onError: 'continueRegularOutput',
			},
		);
		expect(json[0]).toMatchObject({ contactId: one.id });
		expect(json[1]).toMatchObject({ error: expect.stringContaining('contact is deleted') });
		expect(json[2]).toMatchObject({ contactId: two.id });
	});

	it('changes nothing when an item cannot be used and the run is to stop there', async () => {
		const [one] = contacts();
		const { error } = await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: anExpression, tags: 'x' },
			{ items: [{ contactId: one.id }, { contactId: '' }] },
		);
		expect(error?.message).toContain('“Contact” is empty');
		expect(callsOf(sandbox)).toEqual([]);
	});

	it('finds out which contact is meant when a whole batch is refused', async () => {
		const chosen = contacts().slice(0, 4);
		sandbox.faults.add({ kind: 'status', status: 422, path: 'bulk', times: 2 });
		const { json, error } = await runGhl(
			sandbox,
			'contactTag:add',
			{ contactId: anExpression, tags: 'x' },
			{ items: chosen.map(({ id }) => ({ contactId: id })) },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(4);
		for (const { id } of chosen) expect(sandbox.state.contacts.get(id)?.tags).toContain('x');
	});
});

it('makes the same read once in a run', async () => {
	const [one, two] = contacts();
	const { json } = await runGhl(
		sandbox,
		'contact:get',
		{ contactId: anExpression, simplify: false },
		{ items: [one, two, one, one].map(({ id }) => ({ contactId: id })) },
	);
	expect(json.map(({ id }) => id)).toEqual([one.id, two.id, one.id, one.id]);
	expect(callsOf(sandbox)).toHaveLength(2);
});
