import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { callTo } from '../../engine/call/callTo';
import { BadInput } from '../../engine/badInput';
import { isObject, rowsOf, toText } from '../../engine/values';
import type { Account, Call, Io } from '../../engine/operation';
import { lacksList } from '../../engine/call/paginate';

interface List {
	/** The everyday name of one record. */
	noun: string;
	path: `/${string}`;
	/** The query without the location. The location stands in the path or in the query. */
	query?: IDataObject;
	/** The key of the answer that holds the records. */
	rows: string;
	/** Without `.readonly`. */
	scope: string;
}

const CUSTOM_FIELDS: List = {
	noun: 'custom field',
	path: '/locations/{locationId}/customFields',
	rows: 'customFields',
	scope: 'locations/customFields',
};

/** The lists of a location that HighLevel gives in one answer, whatever their length. */
const LISTS = {
	calendars: { noun: 'calendar', path: '/calendars/', rows: 'calendars', scope: 'calendars' },
	campaigns: { noun: 'campaign', path: '/campaigns/', rows: 'campaigns', scope: 'campaigns' },
	customFields: { ...CUSTOM_FIELDS, query: { model: 'contact' } },
	opportunityCustomFields: { ...CUSTOM_FIELDS, query: { model: 'opportunity' } },
	allCustomFields: { ...CUSTOM_FIELDS, query: { model: 'all' } },
	customValues: {
		noun: 'custom value',
		path: '/locations/{locationId}/customValues',
		rows: 'customValues',
		scope: 'locations/customValues',
	},
	links: { noun: 'trigger link', path: '/links/', rows: 'links', scope: 'links' },
	pipelines: {
		noun: 'pipeline',
		path: '/opportunities/pipelines',
		rows: 'pipelines',
		scope: 'opportunities',
	},
	tags: {
		noun: 'tag',
		path: '/locations/{locationId}/tags',
		rows: 'tags',
		scope: 'locations/tags',
	},
	// Deprecated, and the only list of users that needs no company.
	users: { noun: 'user', path: '/users/', rows: 'users', scope: 'users' },
	workflows: { noun: 'workflow', path: '/workflows/', rows: 'workflows', scope: 'workflows' },
} satisfies Record<string, List>;

export type ListName = keyof typeof LISTS;

/** The call that reads a list. */
export function listCall(name: ListName, locationId: string): Call {
	const { path, query, rows, scope }: List = LISTS[name];
	const inPath = path.includes('{locationId}');
	return callTo(`GET ${path}`, {
		values: { locationId },
		query: inPath ? query : { locationId, ...query },
		scope: `${scope}.readonly`,
		lacks: lacksList(rows),
	});
}

/** The records in the answer to `listCall`. */
export function listRows(name: ListName, body: unknown): IDataObject[] {
	return rowsOf(body, LISTS[name].rows);
}

/** What a lookup needs: a run has it, and the editor. */
export interface Reader {
	account: Pick<Account, 'values'>;
	read: Io['read'];
}

/** The records of a list. One run reads it once, for all of its items. */
export async function readList(name: ListName, io: Reader): Promise<IDataObject[]> {
	const answer = await io.read(listCall(name, io.account.values.locationId));
	return listRows(name, answer.body);
}

/**
 * A list that only adds names to records; `undefined` where it cannot be read, such as for lack of its
 * scope. The records are put out without the names then, and a hint says so.
 */
export async function readNames<Row>(
	what: string,
	read: () => Promise<Row[]>,
	io: Io,
): Promise<Row[] | undefined> {
	const [rows] = await Promise.allSettled([read()]);
	if (rows.status === 'fulfilled') return rows.value;
	if (!(rows.reason instanceof ApiFault)) throw rows.reason;
	io.tell(
		`The names of ${what} could not be read, so only their IDs are shown`,
		rows.reason.message,
	);
	return undefined;
}

/** Whether the picker `parameter` holds a name that was typed, and not an id or a choice from the list. */
export function givenByName(parameter: string, io: Io): boolean {
	const picked: unknown = io.context.getNodeParameter(parameter, io.itemIndex, {});
	return isObject(picked) && picked.mode === 'name';
}

/** For `as` of a picker: looks up the id where a name was given, without regard to case. */
export function idByName(parameter: string, list: ListName) {
	return async (value: unknown, io: Io): Promise<unknown> => {
		const { noun } = LISTS[list];
		const wanted = toText(value, noun).trim();
		if (!givenByName(parameter, io)) return wanted;
		const low = wanted.toLowerCase();
		const found = (await readList(list, io)).filter(
			({ name }) => String(name).trim().toLowerCase() === low,
		);
		if (found.length === 1) return found[0].id;
		throw found.length === 0
			? new BadInput(
					`HighLevel has no ${noun} “${String(value)}”`,
					`Check the name, or choose the ${noun} from the list.`,
				)
			: new BadInput(
					`HighLevel has ${found.length} records named “${String(value)}” where one ${noun} is meant`,
					`Use the ID of the right one: ${found.map(({ id }) => String(id)).join(', ')}.`,
				);
	};
}
