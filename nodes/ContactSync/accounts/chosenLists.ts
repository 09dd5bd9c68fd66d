import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { pagesOf } from '../../engine/call/paginate';
import { heyReach } from '../../HeyReach/api';
import { offsetPages } from '../../HeyReach/calls/pages';
import { read } from '../../HeyReach/calls/read';
import { lineTo } from './readAccounts';

/** Stands for all lists of leads. */
const ALL_LISTS = '*';

const LISTS_A_PAGE = 100;

/**
 * The IDs of the lists that a person names: by ID, by name (upper and lower case do not count), or all
 * with `*`. HeyReach is asked only where a name or `*` is given.
 *
 * @throws BadInput for a name that no list has, or that several have
 */
export async function chosenLists(
	context: IExecuteFunctions,
	wanted: readonly string[],
): Promise<number[]> {
	const isId = (word: string) => /^\d+$/.test(word);
	if (wanted.every(isId)) return unique(wanted.map(Number));
	const lists = await listsOfLeads(context);
	if (wanted.includes(ALL_LISTS)) return lists.map(({ id }) => Number(id));
	const idOf = (name: string): number => {
		const found = lists.filter((list) => plain(list.name) === plain(name));
		if (found.length === 1) return Number(found[0].id);
		throw found.length === 0
			? new BadInput(
					`HeyReach has no list of leads called “${name}”`,
					'Write the name as HeyReach shows it, or the ID of the list. Check that it is in the workspace that this node works in.',
				)
			: new BadInput(
					`HeyReach has ${found.length} lists of leads called “${name}”`,
					`Enter the ID of the right one: ${found.map(({ id }) => String(id)).join(', ')}.`,
				);
	};
	return unique(wanted.map((word) => (isId(word) ? Number(word) : idOf(word))));
}

async function listsOfLeads(context: IExecuteFunctions): Promise<IDataObject[]> {
	const { sendOne } = await lineTo(context, heyReach);
	const whole = read('/list/GetAll', { listType: 'USER_LIST' });
	const lists: IDataObject[] = [];
	for await (const rows of pagesOf(offsetPages(LISTS_A_PAGE), whole, sendOne)) lists.push(...rows);
	return lists;
}

const plain = (name: unknown): string => String(name).trim().toLowerCase();

const unique = (ids: number[]): number[] => [...new Set(ids)];
