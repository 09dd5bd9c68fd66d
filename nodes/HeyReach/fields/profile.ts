import type { IDataObject } from 'n8n-workflow';
import { isSimple } from '../../engine/call/commonParameters';
import { isObject } from '../../engine/values';
import type { Io } from '../../engine/operation';

/** The fields that Simplify leaves of a lead in a list, a network or a conversation. */
export const PROFILE =
	'linkedin_id profileUrl firstName lastName companyName position location emailAddress tags customFields'.split(
		' ',
	);

/** Conversations show an empty list of custom fields for every lead, so they are left out. */
export const CORRESPONDENT = PROFILE.filter((name) => name !== 'customFields');

/** Simplifies the profile inside a record, too. */
export const simpleProfile =
	(key: string, names = PROFILE) =>
	(record: IDataObject, io: Io): IDataObject => {
		const profile = record[key];
		if (!isObject(profile) || !isSimple(io)) return record;
		const kept = names.filter((name) => profile[name] !== undefined);
		return {
			...record,
			[key]: Object.fromEntries(kept.map((name) => [name, profile[name]])) as IDataObject,
		};
	};
