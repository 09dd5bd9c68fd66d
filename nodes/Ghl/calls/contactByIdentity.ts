import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { callTo } from '../../engine/call/callTo';
import { rowsOf, toEmails, toList, toText } from '../../engine/values';
import { canonicalProfileUrl, linkedInKey, profileAddress } from '../../linkedIn';
import { isMemberId, LINKEDIN_NAME, MEMBER_ID_NAME } from '../../linkedInIdentity';
import { readList, type Reader } from './lists';

/** The address of a contact in the HighLevel app. */
const CONTACT_URL = /\/contacts\/detail\/([A-Za-z0-9]+)/;

/** The longest value that HighLevel's search compares, in characters. */
export const LONGEST_SEARCHED = 75;

/** No ID of a contact looks so. */
const isIdentity = (value: string): boolean => /[@,/]/.test(value) || isMemberId(value);

/**
 * For `as` of the contact picker: looks up the contact of a LinkedIn address, a LinkedIn member id or an
 * email, or of several of them with commas. Anything else is an ID already.
 *
 * @throws BadInput where nobody has them, or several contacts do
 */
export async function contactByIdentity(value: unknown, io: Reader): Promise<unknown> {
	const wanted = toText(value, 'Contact').trim();
	const inApp = CONTACT_URL.exec(wanted)?.[1];
	if (inApp !== undefined) return inApp;
	if (!isIdentity(wanted)) return wanted;
	const found = await contactsWith(identitiesIn(wanted), io);
	if (found.length === 1) return found[0].id;
	throw found.length === 0 ? nobody(wanted) : several(found, wanted);
}

/**
 * The identities in a text with commas. In an address of Sales Navigator a comma stands before the way in
 * which the person was found.
 */
function identitiesIn(text: string): string[] {
	const address = linkedInKey(text)?.type === 'salesNav' ? profileAddress(text) : undefined;
	const parts = (text.includes('<') ? toEmails : toList)(text).filter(isIdentity);
	return [...new Set(address === undefined ? parts : [address, ...parts])];
}

/** The email in a text such as `Jane <jane@example.com>` or `mailto:jane@example.com`. */
const emailIn = (text: string): string =>
	(/<([^<>]+)>/.exec(text)?.[1] ?? text.replace(/^\s*mailto:/i, '')).trim().toLowerCase();

/** The contacts, 20 at most, that have one of these LinkedIn addresses, LinkedIn member ids or emails. */
export async function contactsWith(texts: readonly string[], io: Reader): Promise<IDataObject[]> {
	const { locationId } = io.account.values;
	const fields = await readList('customFields', io);
	const idsOf = (pattern: RegExp) =>
		fields.filter(({ name }) => pattern.test(String(name).trim())).map(({ id }) => String(id));
	const filters = texts.flatMap((one): IDataObject[] => {
		// Such an address may have an email behind its question mark.
		if (one.includes('@') && linkedInKey(one) === undefined)
			return [{ field: 'email', operator: 'eq', value: emailIn(one) }];
		const isMember = isMemberId(one);
		const values = isMember ? [one] : addressesOf(one);
		return idsOf(isMember ? MEMBER_ID_NAME : LINKEDIN_NAME).flatMap((id) =>
			values.map((text) => ({ field: `customFields.${id}`, operator: 'eq', value: text })),
		);
	});
	if (filters.length === 0) {
		if (texts.some((one) => !isSearchable(one))) throw tooLong(texts.join(', '));
		return [];
	}
	const body = { locationId, page: 1, pageLimit: 20, filters: [{ group: 'OR', filters }] };
	const call = callTo('POST /contacts/search', { body, scope: 'contacts.readonly' });
	return rowsOf((await io.read({ ...call, repeatable: true })).body, 'contacts');
}

/** How people and other tools begin an address of LinkedIn. This package writes the first. */
const BEGINNINGS = [
	'https://www.linkedin.com/',
	'https://linkedin.com/',
	'http://www.linkedin.com/',
	'http://linkedin.com/',
	'www.linkedin.com/',
	'linkedin.com/',
];

/**
 * An address as it may stand in a custom field. People copy one with letters outside ASCII also unencoded.
 * HighLevel refuses a search by a longer one.
 */
function addressesOf(address: string): string[] {
	const canonical = canonicalProfileUrl(address);
	const key = linkedInKey(address)?.key;
	const paths = [canonical, key && `${BEGINNINGS[0]}in/${key}/`].flatMap((one) =>
		one ? [one.slice(BEGINNINGS[0].length)] : [],
	);
	const forms =
		canonical === undefined
			? [address]
			: paths.flatMap((path) => BEGINNINGS.map((beginning) => beginning + path));
	const all = forms.flatMap((one) => [one, one.replace(/\/$/, '')]);
	return [...new Set(all)].filter((one) => one.length <= LONGEST_SEARCHED);
}

/** Whether HighLevel can search for an identity. */
export const isSearchable = (one: string): boolean =>
	isMemberId(one) || one.includes('@') || addressesOf(one).length > 0;

export const tooLong = (wanted: string) =>
	new BadInput(
		`HighLevel cannot search for “${wanted}”: it is longer than ${LONGEST_SEARCHED} characters`,
		'Use the email, the LinkedIn member ID or the ID of the contact instead.',
	);

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
