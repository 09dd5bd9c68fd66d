import type { OpenApiFile, RawOperation } from './officialApi';
import type { RawSchema } from './schemas';

/**
 * Endpoints that HighLevel's changelog and pages have, and its files do not yet, written by us from
 * those pages. They prove less than the official files. Where the files have one by now, theirs counts.
 */
const text: RawSchema = { type: 'string', minLength: 1 };
const flag: RawSchema = { type: 'boolean' };

const header = {
	name: 'Version',
	in: 'header' as const,
	required: true,
	schema: { type: 'string', enum: ['v3'] },
};
const query = (name: string, schema: RawSchema, required = false) => ({
	name,
	in: 'query' as const,
	required,
	schema,
});
const id = { name: 'pipelineId', in: 'path' as const, required: true, schema: text };

const answer = (schema: RawSchema) => ({ content: { 'application/json': { schema } } });

const object = (properties: Record<string, RawSchema>, required: string[] = []): RawSchema => ({
	type: 'object',
	properties,
	required,
});

/** What the page names of a pipeline, and what a write takes of it. */
const settings = {
	name: text,
	showInFunnel: flag,
	showInPieChart: flag,
	useOpportunityProbability: flag,
	colorRenderMode: { type: 'string', enum: ['dot', 'bg-tint', 'none'] },
	stages: {
		type: 'array',
		minItems: 1,
		items: object(
			{
				id: text,
				name: text,
				position: { type: 'number' },
				showInFunnel: flag,
				showInPieChart: flag,
				stageWinProbability: { type: 'number', minimum: 0, maximum: 100 },
				color: text,
			},
			['name'],
		),
	},
} satisfies Record<string, RawSchema>;

const pipeline = object(
	{ ...settings, id: text, locationId: text, position: text, dateAdded: text, dateUpdated: text },
	['id', 'name', 'stages'],
);

const write = (
	status: string,
	body: RawSchema,
	parameters: RawOperation['parameters'] = [],
): RawOperation => ({
	parameters: [header, ...parameters],
	requestBody: { required: true, content: { 'application/json': { schema: body } } },
	responses: { [status]: answer(pipeline) },
});

const paths: OpenApiFile['paths'] = {
	'/contacts/lookup': {
		get: {
			parameters: [
				header,
				query('locationId', text, true),
				query('email', text),
				query('phone', { type: 'string', pattern: '^\\+[1-9]\\d{1,14}$' }),
				query('limit', { type: 'integer', minimum: 1, maximum: 20 }),
				query('nextCursor', text),
			],
			responses: {
				200: answer(
					object(
						{
							contacts: { type: 'array', items: object({ id: text }, ['id']) },
							nextCursor: text,
						},
						['contacts'],
					),
				),
			},
		},
	},
	'/opportunities/pipelines': {
		post: write('201', object({ ...settings, locationId: text }, ['name', 'stages', 'locationId'])),
	},
	'/opportunities/pipelines/{pipelineId}': {
		get: {
			parameters: [header, id, query('locationId', text, true)],
			responses: { 200: answer(pipeline) },
		},
		put: write('200', object(settings), [id]),
		delete: {
			parameters: [header, id],
			responses: { 200: answer(object({ success: flag, message: text })) },
		},
	},
};

/** The address of the file that these endpoints would stand in, and the file. */
export const NEW_ENDPOINTS: [address: string, file: OpenApiFile] = [
	'file:///new/endpoints.json',
	{ paths },
];
