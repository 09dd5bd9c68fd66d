import type { IDataObject } from 'n8n-workflow';
import { readMoment } from '../../engine/dates';
import { isObject, rowsOf } from '../../engine/values';
import type { Answer, Call, Io, Recovered } from '../../engine/operation';
import { pause } from '../../engine/call/pace';
import { read, readById, type Path } from './read';

const EMPTY: Answer = { statusCode: 200, headers: {}, body: '' };

/** How long (ms) to wait before each look. A started campaign can read as a draft for seconds. */
const LOOKS = [0, 2_000, 4_000, 8_000];

/**
 * A lost change of status was made where the campaign has one of these statuses, now or after some
 * seconds.
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

/** A lost create was carried out where a record of that name is no older than the call. */
export const recoverByName =
	(path: Path, answerFor: (row: IDataObject) => IDataObject = (row) => row) =>
	async ({ body }: Call, io: Io, startedAt: number): Promise<Recovered> => {
		const name = body?.name;
		const answer = await io.send(read(path, { keyword: name, offset: 0, limit: 100 }));
		const made = rowsOf(answer.body, 'items').find(
			(row) => row.name === name && isMadeSince(startedAt, row.creationTime),
		);
		return made ? { ...answer, body: answerFor(made) } : 'not done';
	};

/** Whether a record was made at `startedAt` (epoch ms) or later. Clocks may differ by a minute. */
export function isMadeSince(startedAt: number, time: unknown): boolean {
	return (readMoment(time) ?? -Infinity) >= startedAt - 60_000;
}
