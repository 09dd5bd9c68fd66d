import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { callTo } from '../../engine/call/callTo';
import { rowsOf, toList } from '../../engine/values';
import { canonicalProfileUrl } from '../../linkedIn';
import { isMemberId, LINKEDIN_NAME, MEMBER_ID_NAME } from '../../linkedInIdentity';
import { readList, type Reader } from './lists';

/** No ID of a contact looks so. */
const isIdentity = (value: string): boolean => /[@,/]/.test(value) || isMemberId(value);

/**
 * For `as` of the contact picker: looks up the contact of a LinkedIn address, a LinkedIn member id or an
 * email, or of several of them with commas. Anything else is an ID already.
 *
 * @throws BadInput where nobody has them, or several contacts do
 */
export async function contactByIdentity(value: unknown, io: Reader): Promise<unknown> {
	const wanted = String(value).trim();
	if (!isIdentity(wanted)) return value;
	const found = await contactsWith(toList(wanted), io);
	if (found.length === 1) return found[0].id;
	throw found.length === 0 ? nobody(wanted) : several(found, wanted);
}

/** The contacts, 20 at most, that have one of these LinkedIn addresses, LinkedIn member ids or emails. */
export async function contactsWith(texts: readonly string[], io: Reader): Promise<IDataObject[]> {
	const { locationId } = io.account.values;
	const fields = await readList('customFields', io);
	const idsOf = (pattern: RegExp) =>
		fields.filter(({ name }) => pattern.test(String(name).trim())).map(({ id }) => String(id));
	const filters = texts.flatMap((one): IDataObject[] => {
		if (one.includes('@')) return [{ field: 'email', operator: 'eq', value: one.toLowerCase() }];
		const isMember = isMemberId(one);
		const values = isMember ? [one] : addressesOf(one);
		return idsOf(isMember ? MEMBER_ID_NAME : LINKEDIN_NAME).flatMap((id) =>
			values.map((text) => ({ field: `customFields.${id}`, operator: 'eq', value: text })),
		);
	});
	if (filters.length === 0) return [];
	const body = { locationId, page: 1, pageLimit: 20, filters: [{ group: 'OR', filters }] };
	const call = callTo('POST /contacts/search', { body, scope: 'contacts.readonly' });
	return rowsOf((await io.read({ ...call, repeatable: true })).body, 'contacts');
}

/** An address as it may stand in a custom field: this package writes the first of the two. */
function addressesOf(address: string): string[] {
	const canonical = String(canonicalProfileUrl(address) ?? address);
	return [canonical, canonical.replace(/\/$/, '')];
}

const nobody = (wanted: string) =>
	new BadInput(
		`HighLevel has no contact with “${wanted}”`,
		'Looked for in the email and in the custom fields LinkedIn profile and LinkedIn member id. HighLevel finds a new contact only after some seconds.',
	);

export const several = (found: IDataObject[], wanted: string) =>
	new BadInput(
		`${found.length} contacts have one of “${wanted}”`,
		`Merge them in HighLevel, or use the ID of the right one: ${found.map(({ id }) => String(id)).join(', ')}.`,
	);
