import type { SandboxState } from '../state';
import { badRequest, notFound } from './errors';
import type { Pipeline, PipelineStage } from './records';
import { ownRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, listOf, number, oneOf, requiredText, text } from './validate';
import type { Schema } from './validate';

/** A stage as it is sent; HighLevel refuses no key that it gives itself. */
type GivenStage = Partial<PipelineStage> & { name: string };

interface PipelineBody {
	name?: string;
	stages?: GivenStage[];
	showInFunnel?: boolean;
	showInPieChart?: boolean;
	useOpportunityProbability?: boolean;
	colorRenderMode?: Pipeline['colorRenderMode'];
}

const name = { ...requiredText, maxLength: 255 };
const percent = { ...number, minimum: 0, maximum: 100 };

const fields: Record<string, Schema> = {
	name,
	stages: listOf(
		closed(
			{
				id: text,
				name,
				position: number,
				showInFunnel: flag,
				showInPieChart: flag,
				stageWinProbability: percent,
				color: { type: 'string', format: 'hex-color' },
			},
			['name'],
		),
	),
	showInFunnel: flag,
	showInPieChart: flag,
	useOpportunityProbability: flag,
	colorRenderMode: oneOf('dot', 'bg-tint', 'none'),
};

/** Two names that differ in case alone are one name to HighLevel. */
const lower = (text: string): string => text.trim().toLowerCase();

const pipelineOf = ({ state, token, params }: Call<unknown, unknown>): Pipeline =>
	ownRecord(token, state.pipelines, 'Pipeline', params.pipelineId);

function checkNames(state: SandboxState, pipeline: Pipeline, stages: GivenStage[]): void {
	const others = [...state.pipelines.values()].filter(
		({ id, locationId }) => id !== pipeline.id && locationId === pipeline.locationId,
	);
	if (others.some((other) => lower(other.name) === lower(pipeline.name))) {
		throw badRequest('Pipeline name already exists');
	}
	const names = stages.map((stage) => lower(stage.name));
	if (new Set(names).size < names.length) throw badRequest('Stage names must be unique');
}

/**
 * The stages after a write: those with an id stay, those without are new. One without a win
 * probability has all of them computed.
 */
function writtenStages(
	state: SandboxState,
	before: Pipeline,
	given: GivenStage[],
): PipelineStage[] {
	const computed = given.some(({ stageWinProbability: value }) => value === undefined);
	return given.map((stage, position) => {
		if (stage.id !== undefined && !before.stages.some(({ id }) => id === stage.id)) {
			throw notFound('Stage', stage.id);
		}
		const ramp = ((position + 1) / (given.length + 1)) * 100;
		return {
			...stage,
			id: stage.id ?? state.ids.next('stage'),
			position,
			stageWinProbability: computed ? ramp : stage.stageWinProbability,
		};
	});
}

function saved(call: Call<PipelineBody, unknown>, before: Pipeline): Pipeline {
	const { state, body } = call;
	const { stages, ...others } = body;
	// Seen live: a write without its stages ends in the service's own fault.
	if (stages === undefined) {
		throw badRequest("Cannot read properties of undefined (reading 'map')");
	}
	if (stages.length === 0) throw badRequest('stages must contain at least 1 elements');
	const pipeline: Pipeline = { ...before, ...others, dateUpdated: new Date().toISOString() };
	checkNames(state, pipeline, stages);
	pipeline.stages = writtenStages(state, before, stages);
	state.pipelines.set(pipeline.id, pipeline);
	const left = new Set(pipeline.stages.map(({ id }) => id));
	for (const opportunity of state.opportunities.values()) {
		const { id, pipelineId, pipelineStageId } = opportunity;
		if (pipelineId !== pipeline.id || left.has(pipelineStageId)) continue;
		state.opportunities.set(id, { ...opportunity, pipelineStageId: pipeline.stages[0].id });
	}
	return pipeline;
}

function create(call: Call<PipelineBody & { locationId: string }, unknown>): object {
	const { state, body } = call;
	const { locationId, ...others } = body;
	const now = new Date().toISOString();
	const id = state.ids.next('pipeline');
	const blank = { id, locationId, name: '', stages: [], showInFunnel: true, showInPieChart: true };
	return saved({ ...call, body: others }, { ...blank, dateAdded: now, dateUpdated: now });
}

/** With every opportunity in it. */
function remove(call: Call<unknown, unknown>): object {
	const { state } = call;
	const pipeline = pipelineOf(call);
	for (const { id, pipelineId } of state.opportunities.values()) {
		if (pipelineId === pipeline.id) state.opportunities.delete(id);
	}
	state.pipelines.delete(pipeline.id);
	return { success: true };
}

const V3 = ['v3'];
const READS = ['2021-07-28', '2021-04-15', '2023-02-21', 'v3'];

export const pipelines: Route[] = [
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/opportunities/pipelines',
		versions: READS,
		scope: 'opportunities.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: ({ state, query }) => ({
			pipelines: [...state.pipelines.values()].filter(
				({ locationId }) => locationId === query.locationId,
			),
		}),
	}),
	route<unknown, { locationId: string }>({
		method: 'GET',
		path: '/opportunities/pipelines/:pipelineId',
		versions: READS,
		scope: 'opportunities.readonly',
		query: closed({ locationId: requiredText }, ['locationId']),
		handle: pipelineOf,
	}),
	route<PipelineBody & { locationId: string }>({
		method: 'POST',
		path: '/opportunities/pipelines',
		versions: V3,
		scope: 'opportunities.write',
		status: 201,
		body: closed({ ...fields, locationId: requiredText }, ['name', 'stages', 'locationId']),
		handle: create,
	}),
	route<PipelineBody>({
		method: 'PUT',
		path: '/opportunities/pipelines/:pipelineId',
		versions: V3,
		scope: 'opportunities.write',
		body: closed(fields),
		handle: (call) => saved(call, pipelineOf(call)),
	}),
	route({
		method: 'DELETE',
		path: '/opportunities/pipelines/:pipelineId',
		versions: V3,
		scope: 'opportunities.write',
		handle: remove,
	}),
];
