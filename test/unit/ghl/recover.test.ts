import { ApiFault } from '../../../nodes/engine/call/errors';
import type { Call, Io } from '../../../nodes/engine/operation';
import { listed } from '../../../nodes/Ghl/calls/recover';

const lost: Call = {
	method: 'POST',
	template: '/contacts/{contactId}/notes',
	path: '/contacts/c1/notes',
	body: { body: 'Call back' },
	repeatable: false,
	scope: 'contacts.write',
};
const STARTED = Date.UTC(2027, 0, 1, 12);
const minutes = (count: number) => new Date(STARTED + count * 60_000).toISOString();

/** What becomes of a create when the list shows these notes; and the read that was made. */
async function look(notes: object[] | ApiFault) {
	const read: Call[] = [];
	const send = async (call: Call) => {
		read.push(call);
		if (notes instanceof ApiFault) throw notes;
		return await Promise.resolve({ statusCode: 200, headers: {}, body: { notes } });
	};
	const recover = listed({ rows: 'notes', record: 'note', equal: ['body'], added: 'dateAdded' });
	const io: Pick<Io, 'send'> = { send };
	return { found: await recover(lost, io as Io, STARTED), read };
}

it('finds the record that the lost call made', async () => {
	const note = { id: 'n1', body: ' call back ', dateAdded: minutes(0) };
	const old = { id: 'n0', body: 'Call back', dateAdded: minutes(-60) };
	const { found, read } = await look([old, note]);
	expect(found).toMatchObject({ body: { note: { id: 'n1' } } });
	expect(read).toEqual([
		expect.objectContaining({ method: 'GET', path: lost.path, scope: 'contacts.readonly' }),
	]);
});

it('says that nothing was made when there is no new record', async () => {
	const old = { id: 'n0', body: 'Call back', dateAdded: minutes(-60) };
	expect((await look([old])).found).toBe('not done');
	expect((await look([])).found).toBe('not done');
});

it('leaves it open when the list is too long to be looked through', async () => {
	const old = { id: 'n0', body: 'Call back', dateAdded: minutes(-60) };
	expect((await look(Array(999).fill(old))).found).toBe('not done');
	const { found, read } = await look(Array(5_000).fill(old));
	expect(found).toBe('unknown');
	expect(read).toHaveLength(1);
});

it('leaves it open when a new record may be ours in another form, or the list is not to be seen', async () => {
	const other = { id: 'n2', body: '<p>Call back</p>', dateAdded: minutes(0) };
	expect((await look([other])).found).toBe('unknown');
	const fault = new ApiFault({ kind: 'refused', message: 'no' }, lost);
	expect((await look(fault)).found).toBe('unknown');
});
