import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { buildCall } from '../../engine/call/build';
import { callTo } from '../../engine/call/callTo';
import { lacksRecord, onePage, totalIn } from '../../engine/call/paginate';
import { recordsOf } from '../../engine/call/answerRecords';
import { list, required, rowsField, text, updateFields } from '../../engine/describe/fields';
import { verbs } from '../../engine/describe/verbs';
import type { Call, Field, Io, Operation, Resource } from '../../engine/operation';
import { isObject, rowsOf, toFlag, toList } from '../../engine/values';
import { mergedStages, pipelineBody, stagesOf, writable } from '../calls/pipelineStages';
import { listed, readAt } from '../calls/recover';
import { pipelinePicker } from '../editor/pickers';

const LIST = '/opportunities/pipelines';

const one = verbs('pipeline', {
	path: `${LIST}/{pipelineId}`,
	id: required(pipelinePicker('path')),
	scope: 'opportunities',
	result: 'pipeline',
});

const stages = (fields: Field[], more = {}): Field =>
	rowsField('Stages', 'stages', { displayName: 'Stage', name: 'stage' }, fields, {
		placeholder: 'Add Stage',
		as: (value) => rowsOf(value, 'stage'),
		...more,
	});

const winProbability = text('Win Probability (%)', 'winProbability', {
	placeholder: 'e.g. 40',
	description:
		'Fill it in for all stages or for none: if one is empty, HighLevel calculates all of them',
});

/** Kept by HighLevel where it is on; without, it computes the probabilities. */
const byHand = (all: IDataObject[]): IDataObject =>
	all.some((stage) => 'stageWinProbability' in stage) ? { useOpportunityProbability: true } : {};

async function buildCreate(io: Io): Promise<Call> {
	const call = await buildCall(create, io);
	const { stages: given, ...set } = call.body ?? {};
	const merged = mergedStages([], { changes: given as IDataObject[], removed: [] });
	return { ...call, body: pipelineBody({ ...set, ...byHand(merged.stages) }, merged.stages) };
}

const create: Operation = one.create({
	description: 'Create a pipeline with its stages in the given order and return it',
	version: 'v3',
	body: { locationId: '{locationId}' },
	fields: [
		required(text('Name', 'pipelineName', { key: 'name', placeholder: 'e.g. LinkedIn leads' })),
		stages([text('Name', 'stage', { placeholder: 'e.g. Replied' }), winProbability], {
			required: true,
		}),
	],
	build: buildCreate,
	recover: listed({
		rows: 'pipelines',
		record: 'pipeline',
		equal: ['name'],
		added: 'dateAdded',
		query: ({ body = {} }) => ({ locationId: body.locationId }),
	}),
});

const EVEN_WITH = 'evenWithOpportunities';

const evenWithOpportunities: Field = {
	property: {
		displayName: 'Even With Opportunities',
		name: EVEN_WITH,
		type: 'boolean',
		default: true,
		description:
			'Whether to go ahead if there are opportunities. Update moves those of a removed stage to the first stage. Delete deletes them permanently.',
	},
};

/** How many opportunities of any status there are. HighLevel’s search may lag by some seconds. */
async function countOpportunities(io: Io, query: IDataObject): Promise<number> {
	const { locationId } = io.account.values;
	const { body } = await io.send(
		callTo('GET /opportunities/search', {
			query: { location_id: locationId, status: 'all', limit: 1, ...query },
			scope: 'opportunities.readonly',
			lacks: (answer) => (totalIn(answer) === undefined ? 'an answer without a total' : undefined),
		}),
	);
	return totalIn(body) ?? 0;
}

/** Whether the person said that opportunities do not stand in the way. */
function isMeant(io: Io): boolean {
	const options = io.parameter('options', {});
	return isObject(options) && toFlag(options[EVEN_WITH] ?? false, 'Even With Opportunities');
}

const turnOn = 'or turn on Even With Opportunities in Options.';

async function buildUpdate(io: Io): Promise<Call> {
	const call = await buildCall(update, io);
	const { stages: given = [], removeStages = [], ...set } = call.body ?? {};
	const read = readAt(call, { locationId: io.account.values.locationId });
	const answer = await io.send({ ...read, lacks: lacksRecord('pipeline') });
	const [present] = recordsOf(answer.body, update);
	const changes = given as IDataObject[];
	const merged = mergedStages(stagesOf(present), { changes, removed: removeStages as string[] });
	for (const { id, name } of merged.dropped) {
		const count = await countOpportunities(io, {
			pipeline_id: present.id,
			pipeline_stage_id: id,
		});
		if (count === 0 || isMeant(io)) continue;
		throw new BadInput(
			`The stage “${String(name)}” holds ${count} opportunities, which would move to the first stage`,
			`Move them to another stage, then run this again, ${turnOn}`,
		);
	}
	const hand = changes.some((change) => String(change.winProbability ?? '') !== '');
	const own = { ...writable(present), ...set, ...(hand && byHand(merged.stages)) };
	return { ...call, body: pipelineBody(own, merged.stages) };
}

const update: Operation = one.update({
	description:
		'Change the name or stages of a pipeline and return it; stages you leave out are kept. Does not remove a stage that has opportunities, unless Even With Opportunities is on.',
	version: 'v3',
	fields: [
		updateFields([
			text('Name', 'name', { placeholder: 'e.g. Acme' }),
			list('Remove Stages', 'removeStages', 'Old leads, On hold', toList, {
				description: 'Comma-separated names or IDs, or a list from an expression',
			}),
			stages([
				text('Stage', 'stage', {
					placeholder: 'e.g. Replied',
					description: 'The name or ID of a stage. A new name adds a stage at the end.',
				}),
				text('New Name', 'newName', { placeholder: 'e.g. Replied' }),
				winProbability,
			]),
		]),
	],
	options: [evenWithOpportunities],
	build: buildUpdate,
});

const COUNT = 'opportunities';

async function buildDelete(io: Io): Promise<Call> {
	const call = await buildCall(remove, io);
	// The parameter may hold a name: the call holds the ID.
	const id = decodeURIComponent(call.path.slice(LIST.length + 1));
	const count = await countOpportunities(io, { pipeline_id: id });
	if (count > 0 && !isMeant(io)) {
		throw new BadInput(
			`The pipeline holds ${count} opportunities, which would be deleted with it`,
			`Move them to another pipeline, then run this again, ${turnOn}`,
		);
	}
	io.notes.set(COUNT, count);
	return call;
}

const remove: Operation = one.delete({
	description:
		'Delete a pipeline permanently. If it has opportunities, they are deleted too, so the node stops unless Even With Opportunities is on. Returns how many there were.',
	version: 'v3',
	options: [evenWithOpportunities],
	build: buildDelete,
	finish: (_answer, io) => ({ deleted: true, opportunities: io.notes.get(COUNT) as number }),
});

export const pipeline: Resource = {
	value: 'pipeline',
	name: 'Pipeline',
	operations: [
		create,
		remove,
		one.get({ query: { locationId: '{locationId}' }, version: 'v3' }),
		one.getMany({
			description: 'Get the pipelines of the location with the IDs and names of their stages',
			query: { locationId: '{locationId}' },
			pages: onePage('pipelines'),
		}),
		update,
	],
};
