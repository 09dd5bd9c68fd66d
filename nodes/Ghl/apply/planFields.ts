import type { IDataObject } from 'n8n-workflow';
import { dayOr, toDay } from '../../engine/dates';
import { BadInput } from '../../engine/badInput';
import { rowsOf } from '../../engine/values';
import type { Io } from '../../engine/operation';
import { customNameOf, isAllLeft, without } from '../../planItem';
import type { PlanItem, PlanValue } from '../../planItem';
import { clearing, isStandard, notOnUpdate } from '../fields/contactColumns';
import {
	customFieldsNamed,
	listCustomFields,
	toCustomValue,
	valueIn,
} from '../fields/customFields';
import { isIdentity } from './contactIdentity';

/** HighLevel's search gives a street as `address`, a single contact as `address1`. */
const OTHER_NAMES: Record<string, string> = { address1: 'address' };

/**
 * The contact's values by the names of a plan: HighLevel's own names, or the names of custom fields.
 * HighLevel leaves out a field that is not set. Such a field is blank in a contact that was `read`,
 * and unknown in the answer to a write.
 */
export async function valuesOf(
	contact: IDataObject,
	names: string[],
	io: Io,
	read: boolean,
): Promise<Record<string, PlanValue>> {
	const values: Record<string, PlanValue> = {};
	for (const name of names) {
		const value = isStandard(name)
			? standardIn(contact, name, io)
			: await customIn(contact, name, io);
		if (value !== undefined && (value !== null || read)) values[name] = value as PlanValue;
	}
	return values;
}

function standardIn(contact: IDataObject, name: string, io: Io): IDataObject[string] {
	const value = contact[name] ?? contact[OTHER_NAMES[name]] ?? null;
	return name === 'dateOfBirth' ? dayOr(value, io.context.getTimezone()) : value;
}

/** The value of a custom field; `undefined` where the name means no field, or several fields. */
async function customIn(
	contact: IDataObject,
	name: string,
	io: Io,
): Promise<IDataObject[string] | undefined> {
	const [field, ...others] = customFieldsNamed(await listCustomFields(io), customNameOf(name));
	if (!field || others.length > 0) return undefined;
	const row = rowsOf(contact, 'customFields').find(({ id }) => id === field.id);
	return row
		? valueIn({ ...row, value: row.value ?? row.field_value }, field, io.context.getTimezone())
		: null;
}

/**
 * The body with every field that HighLevel can take. `refused` holds the other fields, each with the
 * reason.
 *
 * @throws BadInput where no field is left, and for a field that identifies the person of a create
 */
export async function bodyOf(
	item: PlanItem,
	io: Io,
): Promise<{ body: IDataObject; refused: Record<string, string> }> {
	const body: IDataObject = {};
	const refused: Record<string, string> = {};
	const customFields: IDataObject[] = [];
	for (const [name, value] of Object.entries(item.set)) {
		const [ready] = await Promise.allSettled([ownValue(name, value, item.action, io)]);
		if (ready.status === 'rejected') {
			if (!(ready.reason instanceof BadInput)) throw ready.reason;
			refused[name] = ready.reason.message;
			const isCreatedBy = item.action === 'create' && isIdentity(String(value), item);
			if (isCreatedBy || isAllLeft(without(item, refused))) throw ready.reason;
		} else if (isStandard(name)) body[name] = ready.value;
		else customFields.push(ready.value as IDataObject);
	}
	if (customFields.length > 0) body.customFields = customFields;
	return { body, refused };
}

/** The value of a field as HighLevel takes it; for a custom field the row of `customFields`. */
async function ownValue(
	name: string,
	value: PlanValue,
	action: PlanItem['action'],
	io: Io,
): Promise<IDataObject[string]> {
	if (!isStandard(name)) return await toCustomValue(customNameOf(name), value, io);
	if (action === 'update' && notOnUpdate(name)) throw cannotChange(name);
	if (value === null) return clearing(name);
	if (name === 'dateOfBirth') return toDay(value, io.context.getTimezone());
	return Array.isArray(value) ? value.join(', ') : String(value);
}

function cannotChange(name: string): BadInput {
	return new BadInput(
		`HighLevel does not let “${name}” of an existing contact be changed`,
		'Set the direction of this line of Field Mapping to New Only, or map it to a custom field.',
	);
}
