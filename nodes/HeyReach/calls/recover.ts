import type { IDataObject } from 'n8n-workflow';
import { readMoment } from '../../engine/dates';
import { isObject } from '../../engine/call/errors';
import type { Answer, Call, Io, Recovered } from '../../engine/operation';
import { pause } from '../../engine/call/pace';
import { rowsOf } from '../../engine/call/paginate';
import { read, readById } from '../editor/ask';

/** For calls that HeyReach answers with an empty body: which record they were about. */
export const done =
	(...names: string[]) =>
	(_record: IDataObject, io: Io): IDataObject => ({ success: true, ...named(names, io) });

/** What n8n's guidelines ask of every delete. */
export const deleted = (): IDataObject => ({ deleted: true });

function named(names: string[], io: Io): IDataObject {
	const value = (name: string) => {
		const given = String(io.parameter(name));
		return /^\d{1,15}$/.test(given) ? Number(given) : given;
	};
	return Object.fromEntries(names.map((name) => [name, value(name)]));
}

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

const EMPTY: Answer = { statusCode: 200, headers: {}, body: '' };

/** How long (ms) to wait before each look: a campaign that was started can read as a draft for seconds. */
const LOOKS = [0, 2_000, 4_000, 8_000];

/**
 * A change of a campaign's status whose answer was lost was made if the campaign has one of these
 * statuses, now or soon.
 */
export const recoverStatus =
	(...statuses: string[]) =>
	async ({ query }: Call, io: Io): Promise<Recovered> => {
		const call = readById('/campaign/GetById', { campaignId: query?.campaignId });
		for (const wait of LOOKS) {
			await pause(wait, io.context.getExecutionCancelSignal());
			const { body } = await io.send(call);
			const status = isObject(body) ? String(body.status) : '';
			if (statuses.includes(status)) return EMPTY;
		}
		return 'not done';
	};

/**
 * A create whose answer was lost was carried out if there is a record of that name that is no older
 * than the call (a minute is allowed for clocks that differ).
 */
export const recoverByName =
	(path: string, answerFor: (row: IDataObject) => IDataObject = (row) => row) =>
	async ({ body }: Call, io: Io, startedAt: number): Promise<Recovered> => {
		const name = body?.name;
		const answer = await io.send(read(path, { keyword: name, offset: 0, limit: 100 }));
		const made = rowsOf(answer.body, 'items').find(
			(row) => row.name === name && epochOf(row.creationTime) >= startedAt - 60_000,
		);
		return made ? { ...answer, body: answerFor(made) } : 'not done';
	};

/** Epoch ms; not a number where no moment stands. */
export function epochOf(time: unknown): number {
	return readMoment(time) ?? NaN;
}
