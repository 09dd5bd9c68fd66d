import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node.ts';
import { DEFAULT_ROWS } from '../../nodes/ContactSync/fieldTable';
import { bothCredentials, runPlan } from './contactSync';
import { AT_ONCE, contactSyncRig } from './contactSyncRig';
import { runNode } from './support';

// Settings that expressions give, and runs that fail. What nobody meant is neither written nor stored.
const { sandbox } = contactSyncRig();

const both = { authentication: 'privateIntegration', lists: [2001] as never, options: AT_ONCE };
const plan = async (more: INodeParameters) =>
	await runPlan([[{}]], { ...both, ...more }, bothCredentials(sandbox));

const row = { ghlField: 'city', heyReachField: 'location', direction: 'BtoA', rule: 'A' };

it.each<[string, INodeParameters]>([
	['Mode', { mode: 'Partial' }],
	['When First Linked', { initial: 'HeyReach' }],
	['Create Which', { createInGhl: true, createGhlWhen: 'replied' }],
	['Direction', { fieldMapping: { rows: [{ ...row, direction: 'A to B' }] } }],
	['If Both Changed', { fieldMapping: { rows: [{ ...row, rule: 'GHL' }] } }],
	['If Cleared on One Side', { fieldMapping: { rows: [{ ...row, clear: true }] } }],
])('refuses a word that is no choice of “%s”', async (_title, more) => {
	const { error, portions } = await plan(more);
	expect(error?.message).toMatch(/^“.+” is not a choice of “.+”$/);
	expect(portions).toEqual([]);
});

it.each(['true', 'TRUE', 1])('writes nothing where Dry Run is %j', async (dryRun) => {
	const { error, summary, applyInGhl } = await plan({ dryRun });
	expect(error).toBeUndefined();
	expect(summary.dryRun).toBe(true);
	expect(applyInGhl).toEqual([]);
});

it('refuses a switch that is neither on nor off', async () => {
	const { error } = await plan({ dryRun: 'yes, please' });
	expect(error?.message).toBe('“Dry Run” is neither on nor off');
});

describe('settings as older workflows hold them', () => {
	const hashOf = async (more: INodeParameters) => (await plan(more)).summary.policyHash;
	const tag = (value: string) => ({ __rl: true, mode: 'name', value });

	it('custom fields among the other rows, and tags as text, mean the same', async () => {
		const older = {
			fieldMapping: { rows: DEFAULT_ROWS.map((one) => ({ ...one })) as never },
			tagOptions: { prefixes: 'li-', tags: 'vip, "Berlin, Germany"', goneTagGhl: 'gone' },
			createdContacts: { tags: 'from linkedin, prospect' },
		};
		const newer = {
			tagOptions: {
				...{ prefixes: 'li-', tags: tag('vip, "Berlin, Germany"'), goneTagGhl: tag('gone') },
			},
			createdContacts: { tags: tag('from linkedin, prospect') },
		};
		const creates = { createInGhl: true };
		const hash = await hashOf({ ...newer, ...creates });
		expect(await hashOf({ ...older, ...creates })).toBe(hash);
		expect(await hashOf({ ...newer, ...creates, tagOptions: { prefixes: 'li-' } })).not.toBe(hash);
	});

	it('a row with its own clearing and comparing means the same as a field exception', async () => {
		const title = { heyReachField: 'position', direction: 'both', rule: 'field' };
		const details = { clear: 'propagate', compare: 'exact', tiebreak: 'B' };
		const custom = { ghlField: 'custom', ghlCustomField: 'Job title' };
		const hash = await hashOf({
			fieldMapping: { rows: [row], custom: [{ ghlCustomField: 'Job title', ...title }] },
			options: { ...AT_ONCE, fieldExceptions: { rows: [{ ...custom, ...details }] } },
		});
		expect(
			await hashOf({ fieldMapping: { rows: [row, { ...custom, ...title, ...details }] } }),
		).toBe(hash);
		expect(await hashOf({ fieldMapping: { rows: [row, { ...custom, ...title }] } })).not.toBe(hash);
	});
});

it('passes over an empty row of the field table', async () => {
	const rows = [null, row] as never;
	const { error, summary } = await plan({ fieldMapping: { rows } });
	expect(error).toBeUndefined();
	expect(summary.pairs.newlyLinked).toBeGreaterThan(0);
});

it('reports a row that names a field on one side alone', async () => {
	const half = { ...row, ghlField: null } as never;
	const { error, review } = await plan({ fieldMapping: { rows: [half, row] } });
	expect(error).toBeUndefined();
	expect(review.map(({ kind }) => kind)).toContain('unknownField');
});

it.each<[string, number, INodeParameters]>([
	['plan', 5, { lists: [999_999] as never }],
	['apply', 4, { listId: '2001' }],
])(
	'puts the error of a failed %s out at Summary, and nothing at Rows',
	async (operation, outputs, more) => {
		const setup = {
			node: new ContactSync(),
			items: [{ pairId: 'p', rev: 1, id: 'x' }] as IDataObject[],
			parameters: { ...both, operation, ...more },
			credentials: bothCredentials(sandbox),
		};
		const one = await runNode({ ...setup, onError: 'continueRegularOutput' });
		expect(one.outputs.slice(0, outputs - 1).flat()).toEqual([]);
		expect(one.outputs[outputs - 1]).toMatchObject([{ json: { error: expect.any(String) } }]);
		const other = await runNode({ ...setup, onError: 'continueErrorOutput' });
		expect(other.outputs.slice(0, outputs).flat()).toEqual([]);
		expect(other.outputs[outputs]).toHaveLength(1);
	},
);
