import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import type { Io } from '../../engine/operation';

/** What Simplify leaves of a lead in a list, a network or a conversation. */
export const PROFILE = [
	'linkedin_id',
	'profileUrl',
	'firstName',
	'lastName',
	'companyName',
	'position',
	'location',
	'emailAddress',
	'tags',
	'customFields',
];

/** In conversations the custom fields are an empty list whatever the lead has: they are left out. */
export const CORRESPONDENT = PROFILE.filter((name) => name !== 'customFields');

/** With Simplify, the profile inside a record is simplified too. */
export const slimProfile =
	(key: string, keys = PROFILE) =>
	(record: IDataObject, io: Io): IDataObject => {
		const profile = record[key];
		if (!isObject(profile) || io.parameter('simplify', true) !== true) return record;
		const kept = keys.filter((name) => profile[name] !== undefined);
		return {
			...record,
			[key]: Object.fromEntries(kept.map((name) => [name, profile[name]])) as IDataObject,
		};
	};
