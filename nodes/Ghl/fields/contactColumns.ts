import type {
	IDataObject,
	INodePropertyOptions,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { inField, named } from '../../engine/call/labels';
import { toDay } from '../../engine/dates';
import { mappedValues, mapperColumn, mapperProperty } from '../../engine/describe/mapper';
import { BadInput } from '../../engine/badInput';
import type { Field, Io } from '../../engine/operation';
import { toFlag, toList, toText } from '../../engine/values';
import { listCall, listRows } from '../calls/lists';
import { userByName } from '../calls/userByName';
import { ask, knowsLocation } from '../editor/ask';
import { countries, toCountry } from '../editor/countries';
import { CHOSEN_LOCATION } from '../editor/locations';
import { userLabel } from '../editor/userLabel';
import { askCustomColumns, optionsColumn } from './customFieldColumns';
import { customFieldsNamed, listCustomFields, toCustomValues } from './customFields';

interface Column {
	/** HighLevel's name of the field. */
	id: string;
	name: string;
	type?: ResourceMapperField['type'];
	/** The form of the value, said beside the name. */
	form?: string;
	options?: () => Array<string | INodePropertyOptions>;
	/** Shown from the start. The other columns are shown once the person adds them. */
	main?: true;
	/** HighLevel answers 422 to an update with this field. */
	notOnUpdate?: true;
	/** An empty text clears the field: HighLevel describes it as never null. */
	clearedByText?: true;
}

/** The fields of a contact that hold one value. */
const COLUMNS: Column[] = [
	{ id: 'email', name: 'Email', main: true },
	{ id: 'phone', name: 'Phone', form: 'e.g. +15550100123', main: true },
	{ id: 'firstName', name: 'First Name', main: true },
	{ id: 'lastName', name: 'Last Name', main: true },
	{ id: 'name', name: 'Full Name' },
	{ id: 'companyName', name: 'Company Name', notOnUpdate: true },
	{ id: 'address1', name: 'Address' },
	{ id: 'city', name: 'City' },
	{ id: 'state', name: 'State' },
	{ id: 'postalCode', name: 'Postal Code', clearedByText: true },
	{ id: 'country', name: 'Country', options: countries, clearedByText: true },
	{ id: 'website', name: 'Website' },
	{ id: 'timezone', name: 'Timezone', options: () => Intl.supportedValuesOf('timeZone') },
	{ id: 'source', name: 'Source', clearedByText: true },
	{ id: 'dateOfBirth', name: 'Date of Birth', type: 'dateTime' },
	{
		id: 'gender',
		name: 'Gender',
		options: () => [
			{ name: 'Female', value: 'female' },
			{ name: 'Male', value: 'male' },
		],
		notOnUpdate: true,
		clearedByText: true,
	},
];

const GENDERS = ['female', 'male'];

/** The columns of a create or upsert that hold more than a text; the nodes have fields for them, too. */
const EXTRAS: Column[] = [
	{ id: 'assignedTo', name: 'Assigned To' },
	{ id: 'dnd', name: 'DND' },
	{ id: 'tags', name: 'Tags' },
];

/** Labels of earlier versions, which a stored table may name. */
const OLDER_LABELS: Record<string, string> = { country: 'Country (2 Letters)' };

/** What a column can be named by; an exact id goes before a label. */
const KNOWN = [...COLUMNS, ...EXTRAS];

const STANDARD = new Map(COLUMNS.map((column) => [column.id, column]));

/** The owner, which the nodes offer beside the table, as a picker. */
const OWNER = 'assignedTo';

/** Whether a name is that of a contact's own field, and not of a custom field. */
export const isStandard = (name: string): boolean => STANDARD.has(name) || name === OWNER;

/** Whether HighLevel takes the field for new contacts only. */
export const notOnUpdate = (name: string): boolean => STANDARD.get(name)?.notOnUpdate === true;

/** The value that clears a field of the contact. */
export const clearing = (name: string): '' | null =>
	STANDARD.get(name)?.clearedByText ? '' : null;

/** HighLevel's searches and lists give the street under another name than it is written by. */
const OTHER_NAMES = { address1: 'address' };

const NAME = 'contactFields';

/** The columns of the mapper, asked for by the editor. Custom fields stand under their keys. */
export async function getContactColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const updating = this.getCurrentNodeParameter('operation') === 'update';
	const [custom, users] = await Promise.all([
		askCustomColumns(this, 'contact', NAME, KNOWN),
		askUsers(this),
	]);
	const [owner, dnd, tags] = EXTRAS;
	const removed = { removed: true };
	const onOff = [
		{ name: 'On', value: 'true' },
		{ name: 'Off', value: 'false' },
	];
	return {
		fields: [
			...COLUMNS.filter(({ notOnUpdate }) => !(updating && notOnUpdate)).map((column) =>
				shownColumn(column, updating),
			),
			users.length > 0
				? optionsColumn(owner.id, owner.name, users, removed)
				: mapperColumn(owner.id, `${owner.name} (User ID)`, 'string', removed),
			optionsColumn(dnd.id, dnd.name, onOff, removed),
			...(updating ? [] : [mapperColumn(tags.id, tags.name, 'string', removed)]),
			...custom,
		],
	};
}

function shownColumn(
	{ id, name, form, type, options, main }: Column,
	updating: boolean,
): ResourceMapperField {
	const removed = { removed: updating || main !== true };
	const label = form ? `${name} (${form})` : name;
	return options
		? optionsColumn(id, label, options(), removed)
		: mapperColumn(id, label, type, removed);
}

/** The users of the location as choices; none where they cannot be read, for the table works without. */
async function askUsers(context: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	if (!(await knowsLocation(context))) return [];
	const read = ask(context, (locationId) => listCall('users', locationId));
	const [users] = await Promise.allSettled([read]);
	if (users.status === 'rejected') return [];
	return listRows('users', users.value)
		.map((user) => ({ name: userLabel(user), value: String(user.id) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/**
 * The table of a contact's fields. A column that is no field of HighLevel's contact is a custom
 * field by key, name or ID, so that a template works in every location.
 */
export const contactFields: Field = {
	property: mapperProperty(
		'Contact Fields',
		NAME,
		'getContactColumns',
		'Empty fields are not sent, so no value is deleted by accident. To clear a field, use the expression {{ null }}.',
		CHOSEN_LOCATION,
	),
	labels: Object.fromEntries(KNOWN.map(({ id, name }) => [id, name])),
	spread: async (value, io) => {
		const body: IDataObject = {};
		const others: Array<[column: string, value: IDataObject[string]]> = [];
		for (const [column, entry] of Object.entries(mappedValues(value, io, NAME, OTHER_NAMES))) {
			const standard = await standardField(column, io);
			if (standard && EXTRAS.includes(standard)) await addExtra(body, standard, entry, io);
			else if (standard) body[standard.id] = contactValue(standard, entry, io);
			else others.push([column, entry]);
		}
		const customFields = await toCustomValues(others, io);
		if (customFields.length > 0) body.customFields = customFields;
		return body;
	},
};

/** The column under which an upsert keeps the tags that it adds after its call. */
export const TAGS_TO_ADD = 'addTags';

/** An upsert's own `tags` would replace all others, so those of the table are added after it, as for a contact that exists. */
async function addExtra(
	body: IDataObject,
	{ id, name }: Column,
	entry: IDataObject[string],
	io: Io,
): Promise<void> {
	if (id === 'dnd') body.dnd = toFlag(entry, name);
	else if (id === OWNER) body[id] = entry === null ? null : await ownerOf(entry, name, io);
	else {
		const operation = String(io.parameter('operation'));
		// Columns that were mapped for Create stay in the table when the operation is changed.
		if (operation === 'update') throw tagsOfUpdate();
		const tags = inField(name, () => toList(entry));
		if (['upsert', 'getOrCreate'].includes(operation)) {
			const others = (io.notes.get(TAGS_TO_ADD) ?? []) as string[];
			io.notes.set(TAGS_TO_ADD, [...new Set([...others, ...tags])]);
		} else body.tags = tags;
	}
}

/** The ID of a user, who is also named by name or email, as in the picker beside the table. */
async function ownerOf(entry: unknown, label: string, io: Io): Promise<string> {
	const wanted = toText(entry, label).trim();
	try {
		return String(await userByName(wanted, io));
	} catch (error) {
		throw named(label, error);
	}
}

const tagsOfUpdate = () =>
	new BadInput(
		'“Tags” in the table would replace all tags of the contact',
		'Remove the column Tags from the table. To add tags use Contact Tag: Add, to replace them all use Replace All Tags under Additional Fields. Nothing was sent for this item.',
	);

function contactValue({ id, name }: Column, entry: IDataObject[string], io: Io): string | null {
	if (entry === null) return clearing(id);
	if (id === 'dateOfBirth') return inField(name, () => toDay(entry, io.context.getTimezone()));
	const text = toText(entry, name).trim();
	if (id === 'country') return inField(name, () => toCountry(text));
	if (id === 'timezone') return toTimezone(text, name);
	return id === 'gender' && GENDERS.includes(text.toLowerCase()) ? text.toLowerCase() : text;
}

/** @throws BadInput for what is no time zone, which HighLevel refuses after it may have created the contact */
function toTimezone(text: string, label: string): string {
	const low = text.toLowerCase();
	const known = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === low);
	if (known !== undefined) return known;
	if (isTimezone(text)) return text;
	throw new BadInput(
		`“${label}” is not a time zone: “${text}”`,
		'Write it as an IANA time zone, such as Europe/Berlin or America/New_York.',
	);
}

/** Also by an older name, which the list does not have. */
function isTimezone(text: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: text });
		return true;
	} catch {
		return false;
	}
}

/**
 * The contact's own field that a column names, by HighLevel's name or by its label.
 *
 * @throws BadInput for a label that a custom field has too
 */
async function standardField(column: string, io: Io): Promise<Column | undefined> {
	const exact = KNOWN.find(({ id }) => id === column);
	if (exact) return exact;
	const low = column.trim().toLowerCase();
	const standard = KNOWN.find(({ id, name }) =>
		[id, name, OLDER_LABELS[id] ?? ''].some((one) => one.toLowerCase() === low),
	);
	if (!standard) return undefined;
	const custom = customFieldsNamed(await listCustomFields(io), column);
	if (custom.length === 0) return standard;
	throw new BadInput(
		`“${column}” can mean the contact’s own field or a custom field`,
		`Use “${standard.id}” for the one, or the key of the other: ${custom.map(({ fieldKey }) => fieldKey).join(', ')}.`,
	);
}
