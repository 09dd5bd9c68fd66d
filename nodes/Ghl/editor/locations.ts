import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
} from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { seldom } from '../../engine/describe/describe';
import { byId, fromList, locator } from '../../engine/describe/locator';
import { isBefore } from '../../engine/call/paginate';
import { rowsOf } from '../../engine/values';
import { installedLocationPages } from '../calls/pages';
import { askingAsOwner } from './ask';

/** n8n reads the value out of a picker that is marked so. Without the mark an empty one counts as filled. */
const EMPTY = { __rl: true, mode: 'list', value: '' };

/** Where the calls of a node go. It has no place in a request: `connect` reads it. */
export const locationPicker = locator(
	'Location',
	'location',
	[fromList('searchLocations'), byId('ve9EPM428h8vShlRW1KT')],
	{
		displayOptions: { hide: { operation: ['getManyInstalled'] } },
		description:
			'The sub-account to work in. With a credential of an agency user, each item can have its own (by expression). Leave empty for the credential’s default location.',
	},
);

const { displayOptions: where } = locationPicker;

/**
 * Location in the nodes. A private integration opens one location, so there is nothing to choose. A value
 * that is there all the same stays in sight, and counts: `connect` refuses the location of another client.
 */
export const locationPickers: INodeProperties[] = [
	{ ...locationPicker, displayOptions: { ...where, show: { authentication: ['oAuth2'] } } },
	...seldom(
		{
			...locationPicker,
			displayOptions: { ...where, show: { authentication: ['privateIntegration'] } },
		},
		{ show: { '/location': [{ _cnd: { exists: true } }] }, unset: EMPTY },
	),
];

/**
 * What changes when a person chooses another location From List: tables ask for their columns again then.
 * n8n empties a table when that changes. So it is the name in the list, and not the ID: an expression gives
 * another ID with each item that the editor shows.
 */
export const CHOSEN_LOCATION = ['location.cachedResultName'];

/** The locations of the agency in which the app is installed. HighLevel searches them by name. */
export async function searchLocations(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await askingAsOwner(this, async ({ values }, sendOne) => {
		const { appId, companyId, locationId } = values;
		// A credential that opens one location may not ask for the others, nor for the name of this one.
		if (!appId) return { results: [{ name: `Its own (${locationId})`, value: locationId }] };
		const { size } = installedLocationPages;
		const skip = Number(paginationToken ?? 0);
		const query: IDataObject = { companyId, appId, isInstalled: true, limit: size, skip };
		if (filter) query.query = filter;
		const scope = 'oauth.readonly';
		const { body } = await sendOne(callTo('GET /oauth/installedLocations', { query, scope }));
		const rows = rowsOf(body, 'locations');
		const read = skip + rows.length;
		// The count is that of all locations. One that is too low does not hide a page.
		const goesOn = rows.length >= size || (rows.length > 0 && isBefore(body, read, false));
		return {
			results: rows.map((row) => ({ name: labelOf(row), value: String(row._id) })),
			paginationToken: goesOn ? String(read) : undefined,
		};
	});
}

/** The name, with the address: agencies have clients of the same name in several cities. */
const labelOf = ({ _id, name, address }: IDataObject): string =>
	[name ?? _id, address && `(${String(address)})`].filter(Boolean).join(' ');
