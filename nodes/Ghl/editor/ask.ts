import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from '../../engine/call/errors';
import { send } from '../../engine/call/send';
import type { Answer, Call } from '../../engine/operation';
import { highLevel } from '../api';

/** The body of the answer to one read for the editor. */
export async function ask(
	context: ILoadOptionsFunctions,
	callFor: (locationId: string) => Call,
): Promise<unknown> {
	return await asking(context, async (locationId, sendOne) => {
		return (await sendOne(callFor(locationId))).body;
	});
}

/** The result of `work`, which may send several reads for the editor. */
export async function asking<Result>(
	context: ILoadOptionsFunctions,
	work: (locationId: string, sendOne: (call: Call) => Promise<Answer>) => Promise<Result>,
): Promise<Result> {
	try {
		const account = await highLevel.connect(context, 0);
		const sendOne = async (call: Call) =>
			await send({ context, service: highLevel, account }, call);
		return await work(account.values.locationId, sendOne);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
