import type { IDataObject } from 'n8n-workflow';
import { CUSTOM_PREFIX, customNameOf } from '../planItem';
import type { Direction, FieldRule, Normaliser, Rule, Side, TagRule } from './reconcile';

/** A field of a service that a row of the table can name. */
export interface KnownField {
	name: string;
	value: string;
	/** The service takes it with a new record and never changes it. */
	newOnly?: true;
	/** The service shows it and takes no value for it. */
	readOnly?: true;
	normalise?: Normaliser;
}

export const CUSTOM = 'custom';
export const TAGS = 'tags';

/**
 * The fields of a contact. An update with the company or the gender gets 422
 * (docs/apis/highlevel.md#contacts). Names compare without case, because the search shows them in title case.
 */
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

/** The fields of a lead (docs/apis/heyreach.md#leads). HeyReach takes the address once, when the lead is new. */
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

/** One row of the table, as the node's parameter holds it. */
export interface TableRow {
	ghlField: string;
	ghlCustomField?: string;
	heyReachField: string;
	heyReachCustomField?: string;
	/** `new`: only new records get the value. */
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

/** The rows of a new node: HeyReach fills HighLevel, and a value that a person wrote in HighLevel wins. */
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

/** The table in the form that the reconciler takes. */
export interface FieldTable {
	fields: FieldRule[];
	/** Absent where the table has no row for tags. */
	tags?: Pick<TagRule, 'direction' | 'clear'>;
	/** Sentences about rows that a service cannot follow, each with what is done instead. */
	notes: string[];
	/** The HighLevel fields that hold the person's LinkedIn address and member id. */
	linkedIn: { url: string[]; memberId: string[] };
}

/** The pairs of fields in the rows of a new node. */
const USUAL = new Set(
	DEFAULT_ROWS.map(({ ghlField, ghlCustomField, heyReachField }) =>
		[ghlField === CUSTOM ? ghlCustomField : ghlField, heyReachField].join(' '),
	),
);

/**
 * Reads the rows. What is stored about a field goes by the row's name. So the name of another pair than the
 * usual one tells both fields: a row that gets another HeyReach field must not be compared with what was
 * stored of the one before. The reconciler reports a row that names no field on a side.
 */
export function readTable(
	rows: readonly IDataObject[],
	exceptions: readonly IDataObject[] = [],
): FieldTable {
	const table: FieldTable = { fields: [], notes: [], linkedIn: { url: [], memberId: [] } };
	const exceptionOf = new Map(exceptions.map((one) => [ghlNameOf(one), one]));
	for (const json of rows) {
		const one = {
			...(json as IDataObject & TableRow),
			...detailsIn(exceptionOf.get(ghlNameOf(json))),
			ghlField: String(json.ghlField ?? ''),
			heyReachField: String(json.heyReachField ?? ''),
		};
		const { direction } = one;
		// An expression gives such a row for an empty one.
		if (one.ghlField === '' && one.heyReachField === '') continue;
		if (one.ghlField === TAGS || one.heyReachField === TAGS) {
			readTags(one, table);
			continue;
		}
		const [A, ghl] = named(one.ghlField, one.ghlCustomField, GHL_FIELDS);
		const [B, heyReach] = named(one.heyReachField, one.heyReachCustomField, HEYREACH_FIELDS);
		if (B === 'profileUrl') table.linkedIn.url.push(A);
		if (B === 'linkedin_id') table.linkedIn.memberId.push(A);
		const compare = one.compare && one.compare !== 'auto' ? one.compare : undefined;
		const title = one.ghlField === CUSTOM ? titleOf(A) : ghl.name;
		const name = USUAL.has(`${A} ${B}`) ? title : `${title} (${heyReach.name})`;
		const possible = withinReach(direction, ghl, heyReach);
		if (possible !== direction) {
			const why = possible === 'new' ? 'New Only' : 'To GHL';
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
	const known = new Set(rows.map(ghlNameOf));
	for (const name of exceptionOf.keys())
		if (!known.has(name))
			table.notes.push(
				`“${customNameOf(name)}” has a field exception, and no line in Field Mapping.`,
			);
	return table;
}

/** The HighLevel field of a row or of an exception. A custom field may be named like another one. */
const ghlNameOf = ({ ghlField, ghlCustomField }: IDataObject): string =>
	ghlField === CUSTOM
		? `${CUSTOM_PREFIX}${String(ghlCustomField ?? '').trim()}`
		: String(ghlField ?? '');

/** What an exception says of its field. It stands above what older workflows have in the row. */
function detailsIn(exception: IDataObject = {}): Pick<TableRow, 'clear' | 'compare' | 'tiebreak'> {
	const { clear, compare, tiebreak } = exception as IDataObject & TableRow;
	return { ...(clear && { clear }), ...(compare && { compare }), ...(tiebreak && { tiebreak }) };
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

/** Whether a custom field has the same name as one of the service's own fields: they are two fields. */
function isOwnName(name: string, known: KnownField[]): boolean {
	return name === 'name' || known.some(({ value }) => value === name);
}

/** The row's title. It differs from the titles of HighLevel's own fields. */
function titleOf(name: string): string {
	const own = customNameOf(name);
	const isTaken = name !== own || GHL_FIELDS.some((field) => field.name === own);
	return isTaken ? `${own} (custom field)` : own;
}

/** The direction without a side that cannot take the value. */
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
			'Tags can only be synced with tags: a row that maps them to a field is not used.',
		);
	} else if (direction !== 'off') {
		table.tags = { direction: direction === 'new' ? 'off' : direction, clear };
	}
}
