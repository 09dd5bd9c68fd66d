import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const aPipeline = () => [...sandbox.state.pipelines.values()][0];
const stored = () => sandbox.state.pipelines.get(aPipeline().id);
const inPipeline = () =>
	[...sandbox.state.opportunities.values()].filter(
		({ pipelineId }) => pipelineId === aPipeline().id,
	);
const update = async (updateFields: object, options = {}) =>
	await runGhl(sandbox, 'pipeline:update', {
		pipelineId: byId(aPipeline().id),
		updateFields: { ...updateFields },
		options,
	});
const rows = (...stage: object[]) => ({ stages: { stage: stage.map((row) => ({ ...row })) } });
const writes = () => callsOf(sandbox).filter((call) => !call.startsWith('GET'));

describe('Pipeline: Update', () => {
	it('keeps what is not named: IDs, win probabilities and order', async () => {
		const before = structuredClone(aPipeline());
		const { error } = await update({ name: 'Sales of 2027' });
		expect(error).toBeUndefined();
		expect(stored()).toMatchObject({ name: 'Sales of 2027', stages: before.stages });
	});

	it('finds a stage by its name in any case or its ID, and adds one at the end', async () => {
		const [first, second, ...others] = structuredClone(aPipeline().stages);
		const { error } = await update(
			rows(
				{ stage: 'new LEAD', newName: 'Lead' },
				{ stage: second.id, winProbability: '33' },
				{ stage: 'Won', winProbability: '100' },
			),
		);
		expect(error).toBeUndefined();
		expect(stored()?.stages).toMatchObject([
			{ ...first, name: 'Lead' },
			{ ...second, stageWinProbability: 33 },
			...others,
			{ name: 'Won', position: 4, stageWinProbability: 100 },
		]);
	});

	it('does not remove a stage that holds opportunities, and counts those of every status', async () => {
		const [, stage] = aPipeline().stages;
		const held = inPipeline().filter(({ pipelineStageId }) => pipelineStageId === stage.id);
		const { error } = await update({ removeStages: stage.name });
		expect(error?.message).toBe(
			`The stage “${stage.name}” holds ${held.length} opportunities, which would move to the first stage`,
		);
		expect(writes()).toEqual([]);
	});

	it('removes it where an option says so: its opportunities are then in the first stage', async () => {
		const [first, stage] = aPipeline().stages;
		const held = inPipeline().filter(({ pipelineStageId }) => pipelineStageId === stage.id);
		const { error } = await update({ removeStages: stage.id }, { evenWithOpportunities: true });
		expect(error).toBeUndefined();
		expect(stored()?.stages.map(({ id }) => id)).not.toContain(stage.id);
		for (const { id } of held) {
			expect(sandbox.state.opportunities.get(id)?.pipelineStageId).toBe(first.id);
		}
	});

	it.each([
		[rows({ stage: 'Won' }), 'The stage “Won” has no win probability, and others have one'],
		[rows({ stage: 'Contacted', newName: 'new lead' }), 'Two stages would be named “new lead”'],
		[{ removeStages: 'Nowhere' }, 'The pipeline has no stage “Nowhere”'],
		[
			rows({ stage: 'Won', winProbability: '101' }),
			'“Win Probability (%)” is not between 0 and 100: 101',
		],
		[
			{ removeStages: 'New lead, Contacted, Proposal sent, Negotiation' },
			'A pipeline needs at least one stage',
		],
		[{}, 'There is nothing to update'],
	])('writes nothing that would change more than was asked for: %j', async (fields, message) => {
		const { error } = await update(fields);
		expect(error?.message).toBe(message);
		expect(writes()).toEqual([]);
	});
});

describe('Pipeline: Delete', () => {
	const remove = async (options = {}) =>
		await runGhl(sandbox, 'pipeline:delete', { pipelineId: byId(aPipeline().id), options });

	it('says how many opportunities would go, and refuses', async () => {
		const { error } = await remove();
		expect(error?.message).toBe(
			`The pipeline holds ${inPipeline().length} opportunities, which would be deleted with it`,
		);
		expect(writes()).toEqual([]);
	});

	it('counts those of a pipeline that is chosen by its name', async () => {
		const { name } = aPipeline();
		const pipelineId = { __rl: true, mode: 'name', value: ` ${name.toUpperCase()} ` };
		const { error } = await runGhl(sandbox, 'pipeline:delete', { pipelineId, options: {} });
		expect(error?.message).toBe(
			`The pipeline holds ${inPipeline().length} opportunities, which would be deleted with it`,
		);
		expect(writes()).toEqual([]);
	});

	it('deletes them too where an option says so, and tells their number', async () => {
		const count = inPipeline().length;
		const { json } = await remove({ evenWithOpportunities: true });
		expect(json).toEqual([{ deleted: true, opportunities: count }]);
		expect(sandbox.state.opportunities.size).toBe(30 - count);
	});
});

describe('Pipeline: Create', () => {
	const create = async (...stage: object[]) =>
		await runGhl(sandbox, 'pipeline:create', { pipelineName: 'LinkedIn', ...rows(...stage) });

	it('leaves the win probabilities to HighLevel where none is given', async () => {
		const { json } = await create({ stage: 'Replied' }, { stage: 'Meeting' }, { stage: 'Won' });
		const { stages } = json[0] as { stages: Array<{ stageWinProbability: number }> };
		expect(stages.map(({ stageWinProbability }) => stageWinProbability)).toEqual([25, 50, 75]);
	});

	it('is found again after an answer that was lost, and not made twice', async () => {
		sandbox.faults.add({ kind: 'lostAnswer', method: 'POST', path: '^/opportunities/pipelines$' });
		const { json, error } = await create({ stage: 'Replied' });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ name: 'LinkedIn', stages: [{ name: 'Replied' }] });
		expect(sandbox.state.pipelines.size).toBe(3);
	});
});
