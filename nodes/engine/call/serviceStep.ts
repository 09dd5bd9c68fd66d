import type { IExecuteFunctions } from 'n8n-workflow';
import { Hints } from './hints';
import type { Io, Service } from '../operation';
import { send } from './send';
import { SharedReads } from './sharedReads';
import { SharedRefusals } from './sharedRefusals';
import { Tally } from './tally';

/** What a node uses that makes calls for all its items together, and not for each of them. */
export interface ServiceStep {
	/** For the account of the node's first item. */
	io: Io;
	tally: Tally;
	/** Shows what the step has to tell beside the items of the output. */
	showHints(): void;
}

/**
 * Connects a node to the account of its credential. The calls have the engine's pace and retries.
 *
 * @throws an error for the person where the credential cannot be used; BadInput where it opens several
 * accounts and none is named
 */
export async function connectStep(
	context: IExecuteFunctions,
	service: Service,
): Promise<ServiceStep> {
	const account = (await service.connect(context)).accountOf(0);
	const tally = new Tally();
	const hints = new Hints();
	const reads = new SharedReads();
	const sending = { context, service, account, tally, refusals: new SharedRefusals() };
	const io: Io = {
		context,
		itemIndex: 0,
		account,
		notes: new Map(),
		tell: (message, detail) => hints.add(message, detail),
		parameter: (name, fallback) =>
			context.getNodeParameter(name, 0, fallback ?? '', { extractValue: true }),
		send: async (call, pair) => await send({ ...sending, pair }, call),
		read: async (call) =>
			await reads.answer(account, call, async (shared) => await send(sending, shared)),
	};
	return {
		io,
		tally,
		showHints: () => {
			hints.show(context);
			const message = tally.hint(service.name);
			if (message) context.addExecutionHints({ message, location: 'outputPane', type: 'info' });
		},
	};
}
