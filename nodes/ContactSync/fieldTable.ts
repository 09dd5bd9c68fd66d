import type { IDataObject } from 'n8n-workflow';
import { CUSTOM_PREFIX, customNameOf } from '../engine/planItem';
import type { Direction, FieldRule, Normaliser, Rule, Side, TagRule } from './reconcile';

/** A field that may stand in the table. */
export interface KnownField {
	name: string;
	value: string;
	/** It can be given to a new record, but not changed afterwards. */
	newOnly?: true;
	/** It can be read, and never written. */
	readOnly?: true;
	normalise?: Normaliser;
}

export const CUSTOM = 'custom';
export const TAGS = 'tags';

/** HighLevel answers 422 to the company and the gender of a contact that is there already. */
/* Its search gives names in title case where the contact itself has them as they were written. */
export const GHL_FIELDS: KnownField[] = [
	{ name: 'Address', value: 'address1' },
	{ name: 'City', value: 'city' },
	{ name: 'Company Name', value: 'companyName', newOnly: true },
	{ name: 'Country', value: 'country', normalise: 'caseless' },
	{ name: 'Custom Field', value: CUSTOM },
	{ name: 'Date of Birth', value: 'dateOfBirth', normalise: 'date' },
	{ name: 'Email', value: 'email', normalise: 'email' },
	{ name: 'First Name', value: 'firstName', normalise: 'caseless' },
	{ name: 'Gender', value: 'gender', newOnly: true },
	{ name: 'Last Name', value: 'lastName', normalise: 'caseless' },
	{ name: 'Phone', value: 'phone', normalise: 'phone' },
	{ name: 'Postal Code', value: 'postalCode' },
	{ name: 'Source', value: 'source' },
	{ name: 'State', value: 'state' },
	{ name: 'Tags', value: TAGS },
	{ name: 'Timezone', value: 'timezone' },
	{ name: 'Website', value: 'website' },
];

/** What HeyReach shows of a lead; it takes those that are not read-only, the address once. */
export const HEYREACH_FIELDS: KnownField[] = [
	{ name: 'About', value: 'about' },
	{ name: 'Company Name', value: 'companyName' },
	{ name: 'Custom Field', value: CUSTOM },
	{ name: 'Email', value: 'emailAddress', normalise: 'email' },
	{ name: 'Enriched Email', value: 'enrichedEmailAddress', readOnly: true, normalise: 'email' },
	{ name: 'First Name', value: 'firstName' },
	{ name: 'Headline', value: 'headline', readOnly: true },
	{ name: 'Last Name', value: 'lastName' },
	{ name: 'LinkedIn Member ID', value: 'linkedin_id', readOnly: true, normalise: 'exact' },
	{ name: 'LinkedIn URL', value: 'profileUrl', newOnly: true, normalise: 'linkedIn' },
	{ name: 'Location', value: 'location' },
	{ name: 'Position', value: 'position' },
	{ name: 'Summary', value: 'summary' },
	{ name: 'Tags', value: TAGS },
];

/** One row of the table, as the node holds it. */
export interface TableRow {
	ghlField: string;
	ghlCustomField?: string;
	heyReachField: string;
	heyReachCustomField?: string;
	/** `new`: only new records get it. */
	direction: Direction | 'new';
	rule: Rule;
	tiebreak?: Side | 'manual';
	clear?: 'keep' | 'propagate';
	compare?: Normaliser | 'auto';
}

const row = (
	ghl: string,
	heyReachField: string,
	rule: Rule,
	direction: TableRow['direction'] = 'BtoA',
): TableRow =>
	GHL_FIELDS.some(({ value }) => value === ghl)
		? { ghlField: ghl, heyReachField, direction, rule }
		: { ghlField: CUSTOM, ghlCustomField: ghl, heyReachField, direction, rule };

/** What a person starts from: HeyReach fills HighLevel, and what people write in HighLevel wins. */
export const DEFAULT_ROWS: TableRow[] = [
	row('firstName', 'firstName', 'A'),
	row('lastName', 'lastName', 'A'),
	row('email', 'emailAddress', 'fillBlank'),
	row('companyName', 'companyName', 'A', 'new'),
	row('Job title', 'position', 'A'),
	row('city', 'location', 'A', 'new'),
	row('LinkedIn profile', 'profileUrl', 'B'),
	row('LinkedIn member id', 'linkedin_id', 'B'),
	row(TAGS, TAGS, 'A'),
];

/** What the table says, as the reconciler wants it. */
export interface FieldTable {
	fields: FieldRule[];
	/** Absent: tags are not in the table. */
	tags?: Pick<TagRule, 'direction' | 'clear'>;
	/** Where the sides cannot do what a row says, and what is done instead. */
	notes: string[];
	/** A field each of HighLevel that holds the person's LinkedIn address, and LinkedIn's number. */
	linkedIn: { url: string[]; memberId: string[] };
}

/** Reads the rows; a row that names nothing on a side goes on to the reconciler, which reports it. */
export function readTable(rows: readonly IDataObject[]): FieldTable {
	const table: FieldTable = { fields: [], notes: [], linkedIn: { url: [], memberId: [] } };
	for (const json of rows) {
		const one = json as IDataObject & TableRow;
		const { direction } = one;
		if (one.ghlField === TAGS || one.heyReachField === TAGS) {
			readTags(one, table);
			continue;
		}
		const [A, ghl] = named(one.ghlField, one.ghlCustomField, GHL_FIELDS);
		const [B, heyReach] = named(one.heyReachField, one.heyReachCustomField, HEYREACH_FIELDS);
		if (B === 'profileUrl') table.linkedIn.url.push(A);
		if (B === 'linkedin_id') table.linkedIn.memberId.push(A);
		const compare = one.compare && one.compare !== 'auto' ? one.compare : undefined;
		const name = one.ghlField === CUSTOM ? titleOf(A) : ghl.name;
		const possible = withinReach(direction, ghl, heyReach);
		if (possible !== direction) {
			const why = possible === 'new' ? 'New Records Only' : 'HeyReach to GHL';
			table.notes.push(
				`“${name}”: the direction is taken as ${why}, because the other cannot be written.`,
			);
		}
		table.fields.push({
			field: name,
			A,
			B,
			direction: possible === 'new' ? 'off' : possible,
			rule: one.rule,
			tiebreak: one.tiebreak,
			clear: one.clear,
			normalise: compare ?? heyReach.normalise ?? ghl.normalise ?? 'text',
			onCreate: direction !== 'off' && !heyReach.readOnly,
		});
	}
	return table;
}

function named(
	value: string,
	custom: string | undefined,
	known: KnownField[],
): [name: string, field: KnownField] {
	const own = String(custom ?? '').trim();
	if (value === CUSTOM) {
		const id = isOwnName(own, known) ? `${CUSTOM_PREFIX}${own}` : own;
		return [id, { name: own, value: id }];
	}
	return [value, known.find((field) => field.value === value) ?? { name: value, value }];
}

/** A custom field may be called like one of the service's own: it is another field all the same. */
function isOwnName(name: string, known: KnownField[]): boolean {
	return name === 'name' || known.some(({ value }) => value === name);
}

/** How the row is called: never like a row of HighLevel's own fields. */
function titleOf(name: string): string {
	const own = customNameOf(name);
	const isTaken = name !== own || GHL_FIELDS.some((field) => field.name === own);
	return isTaken ? `${own} (custom field)` : own;
}

/** The direction, less what a side cannot take. */
function withinReach(
	direction: TableRow['direction'],
	ghl: KnownField,
	heyReach: KnownField,
): TableRow['direction'] {
	if (direction === 'off' || direction === 'new') return direction;
	const toA = direction !== 'AtoB' && !ghl.newOnly;
	const toB = direction !== 'BtoA' && !heyReach.newOnly && !heyReach.readOnly;
	if (toA && toB) return 'both';
	if (toA) return 'BtoA';
	return toB ? 'AtoB' : 'new';
}

function readTags({ ghlField, heyReachField, direction, clear }: TableRow, table: FieldTable) {
	if (ghlField !== heyReachField) {
		table.notes.push(
			'Tags can only be kept in step with tags: a row that maps them to a field is not used.',
		);
	} else if (direction !== 'off') {
		table.tags = { direction: direction === 'new' ? 'off' : direction, clear };
	}
}
