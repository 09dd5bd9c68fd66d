import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { toEditorError } from '../../engine/call/errors';
import { send } from '../../engine/call/send';
import type { Account, Answer, Call, Connection } from '../../engine/operation';
import { highLevel } from '../api';
import { NoLocation } from '../connection';

type SendOne = (call: Call) => Promise<Answer>;

/** Whether it is known where to read. In the editor an expression in Location may have no item yet. */
export async function knowsLocation(context: ILoadOptionsFunctions): Promise<boolean> {
	try {
		(await highLevel.connect(context)).accountOf(0);
	} catch (error) {
		return !(error instanceof NoLocation);
	}
	return true;
}

/** The body of the answer to one read for the editor. */
export async function ask(
	context: ILoadOptionsFunctions,
	callFor: (locationId: string) => Call,
): Promise<unknown> {
	return await asking(context, async (locationId, sendOne) => {
		return (await sendOne(callFor(locationId))).body;
	});
}

/** The result of `work`, which may send several reads for the editor to the location that the node names. */
export async function asking<Result>(
	context: ILoadOptionsFunctions,
	work: (locationId: string, sendOne: SendOne) => Promise<Result>,
): Promise<Result> {
	return await inAccount(
		context,
		(connection) => connection.accountOf(0),
		async ({ values }, sendOne) => await work(values.locationId, sendOne),
	);
}

/** The same with the credential's own token. */
export async function askingAsOwner<Result>(
	context: ILoadOptionsFunctions,
	work: (owner: Account, sendOne: SendOne) => Promise<Result>,
): Promise<Result> {
	return await inAccount(context, ({ owner }) => owner, work);
}

async function inAccount<Result>(
	context: ILoadOptionsFunctions,
	choose: (connection: Connection) => Account,
	work: (account: Account, sendOne: SendOne) => Promise<Result>,
): Promise<Result> {
	try {
		const account = choose(await highLevel.connect(context));
		return await work(account, async (call) => {
			return await send({ context, service: highLevel, account }, call);
		});
	} catch (error) {
		throw toEditorError(context.getNode(), error);
	}
}
