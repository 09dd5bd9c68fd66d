import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { rowsOf, toNumber } from '../../engine/values';

/** What a person changes of a pipeline's stages. */
export interface StageChanges {
	/** `stage`: the ID or name of a stage; a name that no stage has makes a new one at the end. */
	changes: IDataObject[];
	/** IDs or names of the stages that go. */
	removed: string[];
}

const plain = (value: unknown) => String(value ?? '').trim();
const isNamed = (stage: IDataObject, wanted: string) =>
	stage.id === wanted || plain(stage.name).toLowerCase() === wanted.toLowerCase();

const filled = (value: unknown): boolean => plain(value) !== '';

/** A stage as HighLevel's own editor adds it. */
const newStage = (name: string): IDataObject => ({
	name,
	showInFunnel: true,
	showInPieChart: true,
});

const changed = (stage: IDataObject, { newName, winProbability }: IDataObject): IDataObject => ({
	...stage,
	...(filled(newName) && { name: plain(newName) }),
	...(filled(winProbability) && { stageWinProbability: toPercent(winProbability) }),
});

function toPercent(value: unknown): number {
	const percent = toNumber(value, 'Win Probability (%)');
	if (percent >= 0 && percent <= 100) return percent;
	throw new BadInput(
		`“Win Probability (%)” is not between 0 and 100: ${percent}`,
		'Write a number such as 40 for 40%.',
	);
}

/**
 * All stages as they are to be, because HighLevel takes the whole list and deletes what is not in it.
 *
 * @throws BadInput for a list that HighLevel would refuse, or of which it would change more than was asked for
 */
export function mergedStages(
	present: IDataObject[],
	{ changes, removed }: StageChanges,
): { stages: IDataObject[]; dropped: IDataObject[] } {
	const all = present.map((stage) => ({ ...stage }));
	for (const change of changes) {
		const wanted = plain(change.stage);
		const at = all.findIndex((stage) => isNamed(stage, wanted));
		if (wanted === '') throw new BadInput('“Stage” is empty', 'Fill in the ID or name of a stage.');
		if (at >= 0) all[at] = changed(all[at], change);
		else all.push(changed(newStage(wanted), change));
	}
	const dropped = removed.map((wanted) => {
		const found = present.find((stage) => isNamed(stage, wanted));
		if (found) return found;
		throw new BadInput(
			`The pipeline has no stage “${wanted}”`,
			`Its stages are: ${present.map(({ name }) => plain(name)).join(', ')}.`,
		);
	});
	const left = all.filter(({ id }) => !dropped.some((stage) => stage.id === id));
	const stages = left.map((stage, position) => ({ ...stage, position }));
	checkStages(stages);
	return { stages, dropped };
}

function checkStages(stages: IDataObject[]): void {
	if (stages.length === 0) {
		throw new BadInput('A pipeline needs at least one stage', 'Keep one, or add another.');
	}
	const names = stages.map(({ name }) => plain(name).toLowerCase());
	const twice = stages.find((_stage, at) => names.indexOf(names[at]) !== at);
	if (twice) {
		throw new BadInput(
			`Two stages would be named “${plain(twice.name)}”`,
			'Each stage of a pipeline needs a different name; upper and lower case count as the same.',
		);
	}
	const without = stages.filter(({ stageWinProbability: value }) => typeof value !== 'number');
	// Where all are left out HighLevel computes them, which loses nothing.
	if (without.length === 0 || without.length === stages.length) return;
	throw new BadInput(
		`The stage “${plain(without[0].name)}” has no win probability, and others have one`,
		'HighLevel would recalculate those of all stages. Fill in Win Probability (%) for this stage too.',
	);
}

/** What the person set of the pipeline, and the stages. A chart shows a pipeline of which it shows a stage. */
export function pipelineBody(set: IDataObject, stages: IDataObject[]): IDataObject {
	const shown = (key: string): IDataObject =>
		stages.some((stage) => key in stage)
			? { [key]: stages.some((stage) => stage[key] === true) }
			: {};
	return { ...set, ...shown('showInFunnel'), ...shown('showInPieChart'), stages };
}

/** The keys of a pipeline that HighLevel gives and refuses to take. */
const GIVEN_ONLY = ['id', 'position', 'dateAdded', 'dateUpdated', 'locationId', 'traceId'];

/** The pipeline as it was read, in the form of a write. */
export function writable(pipeline: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(pipeline).filter(([key]) => !GIVEN_ONLY.includes(key) && key !== 'stages'),
	);
}

/** The stages of a pipeline in their order. */
export const stagesOf = (pipeline: IDataObject): IDataObject[] =>
	[...rowsOf(pipeline, 'stages')].sort((a, b) => Number(a.position) - Number(b.position));
