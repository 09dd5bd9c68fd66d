import type { IDataObject } from 'n8n-workflow';
import { BadInput, isObject } from '../../engine/call/errors';
import type { Call, Io } from '../../engine/operation';
import { lacksList, rowsOf } from '../../engine/call/paginate';

interface List {
	/** As a person calls one of its records. */
	noun: string;
	path: string;
	/** What the query holds beside the location, which stands in the path or in the query. */
	query?: IDataObject;
	/** The key of the answer that holds the records. */
	rows: string;
	scope: string;
}

/** The lists of a location that HighLevel gives in one answer, whatever their length. */
const LISTS = {
	calendars: {
		noun: 'calendar',
		path: '/calendars/',
		rows: 'calendars',
		scope: 'calendars.readonly',
	},
	campaigns: {
		noun: 'campaign',
		path: '/campaigns/',
		rows: 'campaigns',
		scope: 'campaigns.readonly',
	},
	customFields: {
		noun: 'custom field',
		path: '/locations/{locationId}/customFields',
		query: { model: 'contact' },
		rows: 'customFields',
		scope: 'locations/customFields.readonly',
	},
	opportunityCustomFields: {
		noun: 'custom field',
		path: '/locations/{locationId}/customFields',
		query: { model: 'opportunity' },
		rows: 'customFields',
		scope: 'locations/customFields.readonly',
	},
	allCustomFields: {
		noun: 'custom field',
		path: '/locations/{locationId}/customFields',
		query: { model: 'all' },
		rows: 'customFields',
		scope: 'locations/customFields.readonly',
	},
	customValues: {
		noun: 'custom value',
		path: '/locations/{locationId}/customValues',
		rows: 'customValues',
		scope: 'locations/customValues.readonly',
	},
	pipelines: {
		noun: 'pipeline',
		path: '/opportunities/pipelines',
		rows: 'pipelines',
		scope: 'opportunities.readonly',
	},
	tags: {
		noun: 'tag',
		path: '/locations/{locationId}/tags',
		rows: 'tags',
		scope: 'locations/tags.readonly',
	},
	// Deprecated, and the only list of users that needs no company.
	users: { noun: 'user', path: '/users/', rows: 'users', scope: 'users.readonly' },
	workflows: {
		noun: 'workflow',
		path: '/workflows/',
		rows: 'workflows',
		scope: 'workflows.readonly',
	},
} satisfies Record<string, List>;

export type ListName = keyof typeof LISTS;

/** The call that reads a list. */
export function listCall(name: ListName, locationId: string): Call {
	const { path, query, rows, scope }: List = LISTS[name];
	const inPath = path.includes('{locationId}');
	return {
		method: 'GET',
		template: path,
		path: path.replace('{locationId}', encodeURIComponent(locationId)),
		query: inPath ? query : { locationId, ...query },
		repeatable: true,
		scope,
		lacks: lacksList(rows),
	};
}

/** The records in the answer to `listCall`. */
export function listRows(name: ListName, body: unknown): IDataObject[] {
	return rowsOf(body, LISTS[name].rows);
}

/** A list, read once in a run however many items ask for it. */
export async function readList(name: ListName, io: Io): Promise<IDataObject[]> {
	const answer = await io.read(listCall(name, io.account.values.locationId));
	return listRows(name, answer.body);
}

/** Whether a person gave a name in the picker `parameter`, and not an id or a choice from the list. */
export function givenByName(parameter: string, io: Io): boolean {
	const picked: unknown = io.context.getNodeParameter(parameter, io.itemIndex, {});
	return isObject(picked) && picked.mode === 'name';
}

/** For `as` of a picker: the id, which is looked up where a name was given; case does not count. */
export function idByName(parameter: string, list: ListName) {
	return async (value: unknown, io: Io): Promise<unknown> => {
		if (!givenByName(parameter, io)) return value;
		const low = String(value).trim().toLowerCase();
		const found = (await readList(list, io)).filter(
			({ name }) => String(name).trim().toLowerCase() === low,
		);
		if (found.length === 1) return found[0].id;
		const { noun } = LISTS[list];
		throw found.length === 0
			? new BadInput(
					`HighLevel has no ${noun} “${String(value)}”`,
					`Check the name, or choose the ${noun} from the list.`,
				)
			: new BadInput(
					`HighLevel has ${found.length} records named “${String(value)}” where one ${noun} is meant`,
					`Use the ID of the one that is meant: ${found.map(({ id }) => String(id)).join(', ')}.`,
				);
	};
}
