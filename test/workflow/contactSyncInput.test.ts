import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { leadRow } from '../support/leadRow';
import { rowsAfter, runPlan } from './contactSync';

// Bad input: held and reported with its reason; nothing is guessed, and the rest goes on.
const contact = (id: string, number: number) => ({
	id,
	locationId: 'l',
	firstName: 'Ada',
	lastName: `Berg ${number}`,
	email: `ada${number}@example.com`,
	tags: [],
	customFields: [],
	customFieldValues: {},
	dateAdded: '2026-01-01T00:00:00.000Z',
});
const parameters = { options: { previewNewSettings: false } };
const contacts = [contact('a', 1), contact('b', 2), contact('c', 3)];
const leads = [leadRow(1), leadRow(2), leadRow(3)];

it('refuses contacts of two locations, and leads of two workspaces', async () => {
	const other = { ...contact('d', 4), locationId: 'other' };
	const mixed = await runPlan([[...contacts, other], leads, []], parameters);
	expect(mixed.error?.message).toMatch(/^The contacts are of 2 locations/);
	const others = [leadRow(1, { workspace: '' }), leadRow(2, { workspace: 'Client B' })];
	const both = await runPlan([contacts, others, []], parameters);
	expect(both.error?.message).toMatch(/^The leads are of 2 workspaces/);
});

const kinds = (review: Array<{ kind: string }>) => review.map(({ kind }) => kind);

it('holds a record without an id, and links the others', async () => {
	const nameless = { ...contact('x', 9), id: undefined };
	const { review, summary } = await runPlan([[...contacts, nameless], leads, []], parameters);
	expect(kinds(review)).toContain('recordWithoutId');
	expect(summary.pairs.newlyLinked).toBe(3);
});

it('holds an id that comes twice, and links the others', async () => {
	const twice = { ...contact('a', 1), firstName: 'Eve' };
	const { review, summary } = await runPlan([[...contacts, twice], leads, []], parameters);
	expect(review.find(({ kind }) => kind === 'duplicateId')).toMatchObject({ aId: 'a' });
	expect(summary.pairs.newlyLinked).toBe(2);
});

it('holds links that are not one to one, and goes on with the others', async () => {
	const link = (pairId: string, aId: string, bId: string) => ({
		...{ pairId, aId, bId, state: 'linked', rev: 1, base: '', aliases: '', keys: '', opKey: '' },
		...{ fullRuns: 1, changedAt: '2026-01-01T00:00:00.000Z' },
	});
	const rows = [link('p', 'a', '1001'), link('q', 'a', '1002'), link('r', 'c', '1003')];
	const { review, applyInGhl } = await runPlan([contacts, leads, rows], parameters);
	expect(kinds(review)).toContain('mappingNotOneToOne');
	expect(applyInGhl.map(({ id }) => id)).toEqual(['c']);
});

it('names a field that nobody has, a row that cannot be used, and goes on', async () => {
	const rows = [
		{ ghlField: 'firstName', heyReachField: 'firstName', direction: 'BtoA', rule: 'A' },
		{
			ghlField: 'custom',
			ghlCustomField: '',
			heyReachField: 'position',
			direction: 'BtoA',
			rule: 'A',
		},
		{
			ghlField: 'custom',
			ghlCustomField: 'Topic',
			heyReachField: 'custom',
			heyReachCustomField: 'no_such_field',
			direction: 'BtoA',
			rule: 'A',
		},
	];
	const changed = [{ ...leads[0], customFields: undefined }];
	const { review, summary } = await runPlan([contacts, changed, []], {
		...parameters,
		fieldMapping: { rows },
	});
	const unknown = review.filter(({ kind }) => kind === 'unknownField').map(({ reason }) => reason);
	expect(unknown.some((reason) => reason.includes('no_such_field'))).toBe(true);
	expect(unknown.some((reason) => reason.includes('is not used'))).toBe(true);
	expect(summary.pairs.newlyLinked).toBe(1);
});

it.each([
	['says fewer came than expected', { expectedHeyReach: 4 }, leads],
	['a read reports a failure', {}, [...leads, { error: 'HeyReach is out of order' }]],
	['the person says so', { heyReachComplete: 'no' }, leads],
])('links and creates nobody where a side is half read: %s', async (_label, more, read) => {
	const { review, summary, applyInGhl } = await runPlan([contacts, read, []], {
		createInGhl: true,
		options: { ...parameters.options, ...more },
	});
	expect(kinds(review)).toContain('halfReadSide');
	expect(summary.pairs.newlyLinked).toBe(0);
	expect(applyInGhl).toEqual([]);
});

it('stops where a side is suddenly empty, and goes on when that is allowed once', async () => {
	const first = await runPlan([contacts, leads, []], parameters);
	const rows = rowsAfter(first);
	const empty = await runPlan([contacts, [{}], rows], parameters);
	expect(empty.summary.previewOnly).toBe(true);
	expect(empty.hints.join()).toContain('HeyReach has no records at all');
	expect(empty.applyInGhl).toEqual([]);
	const allowed = await runPlan([contacts, [{}], rows], {
		...parameters,
		allowOnce: { emptySide: 3, gone: 3 },
	});
	expect(allowed.summary.previewOnly).toBe(false);
	expect(allowed.summary.pairs.unlinked).toBe(3);
});

it('needs no stored rows, and says so when rows are not its own', async () => {
	const { summary, error } = await runPlan([contacts, leads, undefined], parameters);
	expect(error).toBeUndefined();
	expect(summary.pairs.newlyLinked).toBe(3);
	const { hints } = await runPlan([contacts, leads, [{ foo: 1 }]], parameters);
	expect(hints.join()).toContain(
		'1 items of the inputs Links and Answers are not rows of this node',
	);
});

it('links and creates nobody in a partial run', async () => {
	const before = await runPlan([[{}], [{}], []], { ...parameters, createInGhl: true });
	const input = [contacts, leads, rowsAfter(before)];
	const { summary, applyInGhl } = await runPlan(input, { mode: 'partial' });
	expect(summary.pairs.newlyLinked).toBe(0);
	expect(applyInGhl).toEqual([]);
});

it('is no tool for an AI agent, and asks for a credential only where it reads the accounts', async () => {
	const { ContactSync } = await import('../../nodes/ContactSync/ContactSync.node.ts');
	const { description } = new ContactSync();
	expect(description.usableAsTool).toBeUndefined();
	const shown = (parameters: INodeParameters) =>
		description.credentials?.filter((credential) =>
			NodeHelpers.displayParameter(parameters, credential, { typeVersion: 1 }, description),
		);
	expect(shown({ operation: 'plan', authentication: 'none' })).toEqual([]);
	const reading = { operation: 'plan', authentication: 'oAuth2' };
	expect(shown(reading)?.map(({ name }) => name)).toEqual(['ghlOAuth2Api', 'heyReachApi']);
	const writing = { operation: 'apply', authentication: 'privateIntegration' };
	const keys = ['ghlPrivateIntegrationApi', 'heyReachApi'];
	expect(shown(writing)?.map(({ name }) => name)).toEqual(keys);
});
