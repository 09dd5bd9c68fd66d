import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { rowsOf } from '../../engine/values';
import { isMemberId } from '../../linkedInIdentity';
import { customNameOf } from '../../planItem';
import type { PlanItem, PlanValue } from '../../planItem';
import { customName, isLeadField } from '../fields/leadColumns';
import type { LeadWrite } from './leadPortion';

export type Values = Record<string, PlanValue>;

/**
 * The fields of the lead by the plan's names for them. Fields that HeyReach did not show are absent.
 */
export function readFields(lead: IDataObject, { set }: Pick<PlanItem, 'set'>): Values {
	const custom = Array.isArray(lead.customFields)
		? new Map(rowsOf(lead, 'customFields').map(({ name, value }) => [String(name), value]))
		: undefined;
	const values: Values = {};
	for (const name of Object.keys(set)) {
		const value = isLeadField(name)
			? lead[name]
			: custom && (custom.get(customNameOf(name)) ?? null);
		if (value !== undefined) values[name] = value === '' ? null : (value as PlanValue);
	}
	return values;
}

/** The values that are still to be sent. HeyReach cannot clear a field. */
export function missingValues(item: PlanItem, lead: IDataObject): Values {
	const now = readFields(lead, item);
	const isNeeded = (name: string, value: PlanValue) =>
		item.action === 'create' ? !now[name] : textOf(value) !== textOf(now[name] ?? null);
	return Object.fromEntries(
		Object.entries(item.set).filter(
			([name, value]) => name !== 'profileUrl' && value !== null && isNeeded(name, value),
		),
	);
}

/**
 * The lead as it is sent. HeyReach needs the names with everything, so those that it has go with it.
 *
 * @throws BadInput for a lead without both names
 */
export function bodyOf({ item, address, lead }: LeadWrite, changes: Values): IDataObject {
	const body: IDataObject = {
		profileUrl: address,
		firstName: String(lead?.firstName || (item.set.firstName ?? '')),
		lastName: String(lead?.lastName || (item.set.lastName ?? '')),
	};
	const customUserFields: IDataObject[] = [];
	for (const [name, value] of Object.entries(changes)) {
		if (isLeadField(name)) body[name] = textOf(value);
		else customUserFields.push({ name: customName(customNameOf(name)), value: textOf(value) });
	}
	if (customUserFields.length > 0) body.customUserFields = customUserFields;
	if (body.firstName && body.lastName) return body;
	throw new BadInput(
		`${item.name || 'This lead'} has no first or last name; HeyReach drops a lead without them`,
		'Add the name in HighLevel, or map the fields First Name and Last Name.',
	);
}

/** Whether the row shows nothing but what a lead gets that is added with its names alone. */
export function isBrandNew(row: IDataObject): boolean {
	const isBlank = (name: string) => (row[name] ?? '') === '';
	const isEmpty = (name: string) => !Array.isArray(row[name]) || row[name].length === 0;
	return (
		!isMemberId(row.linkedin_id) &&
		['location', 'companyName', 'position', 'about', 'emailAddress'].every(isBlank) &&
		['tags', 'customFields'].every(isEmpty)
	);
}

/** Whether the lead has all that was sent, as far as the row shows it. */
export function showsSent(body: IDataObject, row: IDataObject): boolean {
	const own = Object.entries(body).filter(([name]) => !NOT_FIELDS.includes(name));
	const custom = new Map(
		rowsOf(row, 'customFields').map(({ name, value }) => [String(name), String(value ?? '')]),
	);
	return (
		own.every(([name, value]) => isShown(row[name], value)) &&
		rowsOf(body, 'customUserFields').every(({ name, value }) => custom.get(String(name)) === value)
	);
}

const NOT_FIELDS = ['profileUrl', 'customUserFields'];

const isShown = (now: unknown, sent: unknown) => now === undefined || String(now ?? '') === sent;

const textOf = (value: PlanValue): string =>
	Array.isArray(value) ? value.join(', ') : String(value ?? '');
