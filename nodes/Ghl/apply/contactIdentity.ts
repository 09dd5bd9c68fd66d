import type { IDataObject } from 'n8n-workflow';
import type { Io } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { customNameOf } from '../../planItem';
import type { PlanItem } from '../../planItem';
import {
	compareIdentities,
	identityOf,
	LINKEDIN_NAME,
	MEMBER_ID_NAME,
	type Identity,
} from '../../linkedInIdentity';
import { linkedInKey } from '../../linkedIn';
import { isStandard } from '../fields/contactColumns';
import { customFieldsNamed, listCustomFields } from '../fields/customFields';

/** The LinkedIn addresses and member ids that a plan item writes, by the id of their custom field. */
export async function writtenIdentity(item: PlanItem, io: Io): Promise<Map<string, string>> {
	const written = new Map<string, string>();
	const known = [...identityOfKeys(item).values()].flatMap((keys) => [...keys]);
	for (const [name, value] of Object.entries(item.set)) {
		if (isStandard(name) || (typeof value !== 'string' && typeof value !== 'number')) continue;
		const text = String(value);
		const [field, ...others] = customFieldsNamed(await listCustomFields(io), customNameOf(name));
		if (!field || others.length > 0) continue;
		const own = identityOf([text], isOfMemberId(field.name, text, item) ? [text] : []);
		const isOwn = LINKEDIN_NAME.test(field.name.trim()) || MEMBER_ID_NAME.test(field.name.trim());
		const keys = [...own.values()].flatMap((found) => [...found]);
		if (keys.length > 0 && (isOwn || keys.some((key) => known.includes(key))))
			written.set(field.id, text);
	}
	return written;
}

const isOfMemberId = (fieldName: string, text: string, { keys }: PlanItem): boolean =>
	MEMBER_ID_NAME.test(fieldName.trim()) || text === String(keys.memberId ?? '');

const identityOfKeys = ({ keys }: PlanItem): Identity =>
	identityOf([keys.linkedIn].flat(), [keys.memberId]);

/**
 * Compares a contact with the person of a plan item by LinkedIn addresses and member ids. It reads the
 * custom fields that the item writes, and those with a name for a LinkedIn address or a member id.
 */
export async function isSamePerson(
	contact: IDataObject,
	item: PlanItem,
	io: Io,
): Promise<ReturnType<typeof compareIdentities>> {
	const rows = rowsOf(contact, 'customFields');
	if (rows.length === 0) return 'unknown';
	const written = await writtenIdentity(item, io);
	const fields = await listCustomFields(io);
	const addresses: unknown[] = [];
	const memberIds: unknown[] = [];
	for (const { id, value, field_value: other } of rows) {
		const name = fields.find((field) => field.id === id)?.name.trim() ?? '';
		const holds = value ?? other;
		if (MEMBER_ID_NAME.test(name)) memberIds.push(holds);
		else if (LINKEDIN_NAME.test(name)) addresses.push(holds);
		else if (written.has(String(id))) {
			addresses.push(holds);
			memberIds.push(holds);
		}
	}
	const values = [...written.values()];
	const { keys } = item;
	const wanted = identityOf([...values, keys.linkedIn].flat(), [...values, keys.memberId]);
	return compareIdentities(wanted, identityOf(addresses, memberIds));
}

/** Whether a value identifies a person: a LinkedIn address, or the member id of the item. */
export function isIdentity(value: string, { keys }: PlanItem): boolean {
	return (
		linkedInKey(value) !== undefined || (value !== '' && value === String(keys.memberId ?? ''))
	);
}
