import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { rateLimitShareOf } from './commonParameters';
import { toNodeError } from './errors';
import { BadInput } from '../badInput';
import { isObject } from '../values';
import { Hints } from './hints';
import type { Account, Connection, Io, Operation, Resource, Service } from '../operation';
import { Budget } from './pace';
import { send, type Turn } from './send';
import { isShown } from './rawParameter';
import { SharedReads } from './sharedReads';
import { SharedRefusals } from './sharedRefusals';
import { Tally } from './tally';

/** What the items of one run share. */
export interface Job {
	context: IExecuteFunctions;
	service: Service;
	operation: Operation;
	/** @throws BadInput for an item that names no account, or one that is not to be used */
	accountOf: (itemIndex: number) => Account;
	tally: Tally;
	hints: Hints;
	/** The part of an account's rate limit that this run may use, where the person set one. */
	capOf: (account: Account) => Budget | undefined;
	refusals: SharedRefusals;
	reads: SharedReads;
	/** By item index, while the item is worked on. */
	ios: Map<number, Io>;
	/** By item index. */
	results: INodeExecutionData[][];
	/** By item index: the failures that end the run, or that Continue On Fail puts out. */
	failures: Map<number, unknown>;
	/** The indices of the items that are carried out. */
	done: Set<number>;
	/** Continue On Fail. */
	goOn: boolean;
}

/** @throws NodeOperationError for an operation that the node does not have; what `connect` of the service throws */
export async function startJob(
	context: IExecuteFunctions,
	service: Service,
	resources: Resource[],
): Promise<Job> {
	const operation = chosenOperation(context, resources);
	const connection = await service.connect(context);
	return {
		context,
		service,
		operation,
		accountOf: accountsOf(context, operation, connection),
		tally: new Tally(),
		hints: new Hints(),
		capOf: capsFor(context, service),
		refusals: new SharedRefusals(),
		reads: new SharedReads(),
		ios: new Map(),
		results: context.getInputData().map(() => []),
		failures: new Map(),
		done: new Set(),
		goOn: context.continueOnFail(),
	};
}

function chosenOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0);
	// n8n keeps no operation of a resource that the node does not have.
	const value = context.getNodeParameter('operation', 0, '');
	const found = resources.find((candidate) => candidate.value === resource);
	const operation = found?.operations.find((candidate) => candidate.value === value);
	if (operation) return operation;
	const successor = found?.successors?.[String(value)];
	throw toNodeError(
		context.getNode(),
		new BadInput(
			`This version of the node has no operation “${[resource, value].filter(Boolean).join(': ')}”`,
			successor
				? `Choose ${successor} instead: the fields keep their values. Nothing was sent.`
				: (found?.replaced ??
					'Choose an operation of the list, or update this package. Nothing was sent.'),
		),
	);
}

/** Each item is asked once: its expression may be slow. */
function accountsOf(
	context: IExecuteFunctions,
	{ asOwner }: Operation,
	connection: Connection,
): Job['accountOf'] {
	if (asOwner === true) return () => connection.owner;
	const isOwners = (itemIndex: number) => {
		const options = context.getNodeParameter('options', itemIndex, {});
		return isObject(options) && options.asOwner === true;
	};
	const accounts = new Map<number, Account>();
	return (itemIndex) => {
		let account = accounts.get(itemIndex);
		if (!account) {
			const isOwner = asOwner === 'ifChosen' && isOwners(itemIndex);
			account = isOwner ? connection.owner : connection.accountOf(itemIndex);
			accounts.set(itemIndex, account);
		}
		return account;
	};
}

function capsFor(context: IExecuteFunctions, service: Service): Job['capOf'] {
	const share = rateLimitShareOf(context) ?? 100;
	if (!(share >= 1 && share < 100)) return () => undefined;
	const caps = new Map<string, Budget>();
	return ({ budgetKey, limit = service.limit }) => {
		let cap = caps.get(budgetKey);
		if (!cap) caps.set(budgetKey, (cap = new Budget(limit, share / 100)));
		return cap;
	};
}

/** What the functions of the operation may use for one item. */
export function ioOf(job: Job, itemIndex: number): Io {
	const known = job.ios.get(itemIndex);
	if (known) return known;
	const { context, operation, accountOf, capOf } = job;
	const values = new Map<string, unknown>();
	let isBegun = false;
	const turn: Turn = {
		isOver: () => !isBegun && !job.goOn && job.failures.size > 0,
		begin: () => (isBegun = true),
	};
	const io: Io = {
		context,
		itemIndex,
		// An item that names no account fails when the account is first needed.
		get account() {
			return accountOf(itemIndex);
		},
		notes: new Map(),
		tell: (message, detail) => job.hints.add(message, detail),
		parameter: (name, fallback = '') => {
			if (!isShown(context, name)) return fallback;
			if (!values.has(name)) {
				values.set(
					name,
					context.getNodeParameter(name, itemIndex, fallback, { extractValue: true }),
				);
			}
			return values.get(name);
		},
		send: async (call, pair) => {
			const { account } = io;
			const recover = operation.recover;
			return await send(
				{
					...job,
					account,
					cap: capOf(account),
					turn,
					pair,
					recover:
						recover &&
						(async (lost, startedAt, refusal) => await recover(lost, io, startedAt, refusal)),
				},
				call,
			);
		},
		read: async (call) => {
			const { account } = io;
			const sending = { ...job, account, cap: capOf(account), turn };
			return await job.reads.answer(account, call, async (shared) => await send(sending, shared));
		},
	};
	job.ios.set(itemIndex, io);
	return io;
}
