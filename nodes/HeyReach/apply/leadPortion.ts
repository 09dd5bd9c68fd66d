import type { IDataObject } from 'n8n-workflow';
import { AccountWatch, failureOf, type CreateState } from '../../applyFailure';
import { ApiFault, Cancelled } from '../../engine/call/errors';
import { inParallel } from '../../engine/call/inParallel';
import type { Answer, Call, Io } from '../../engine/operation';
import type { Applied, PlanItem, PlanResult, Taken } from '../../planItem';
import { addressOf } from './leadKeys';

/** Where leads are written, and where they may be read. */
export interface ApplyTo {
	/** The sync list. */
	listId: number;
	/** The lists that the plan has read. */
	lists: readonly number[];
	/** Whether the sync list may be one that campaigns use. */
	allowEnrolment: boolean;
}

/** One plan item of a portion, and what is known of its lead. */
export interface LeadWrite {
	/** Without the fields that are left out. */
	item: PlanItem;
	/** The address of the lead; that of the item until the lead is known. */
	address?: string;
	/** As HeyReach has shown it last. */
	lead?: IDataObject;
	/** Whether the lead was seen in the sync list before the write. */
	isListed: boolean;
	/**
	 * Whether the lead is added with its names alone first, because HeyReach may know it although no list
	 * showed it.
	 */
	isProbe: boolean;
	/** The lead as it is sent; absent where no field is to be written. */
	body?: IDataObject;
	/** The fields that are left out, each with the reason. */
	left: Record<string, string>;
	/** The lead that has the address of the one to create. */
	taken?: Taken[];
	created: CreateState;
	/** What came of it; absent while it is under way. */
	end?: Applied;
}

/** How many calls are made at once; the budget of the account spaces them. */
export const WIDTH = 10;

/** An endpoint that stayed out of reach for that many calls in a row is not called again. */
const MOST_OUTAGES = 3;

/** The plan items for the leads of one workspace, which are carried out together. */
export class LeadPortion {
	readonly writes: readonly LeadWrite[];
	private readonly watch = new AccountWatch();
	/** Why no call is sent any more. */
	private ending?: unknown;
	/** By endpoint: the faults in a row, and the last of them. */
	private readonly outages = new Map<string, { count: number; fault: ApiFault }>();

	constructor(
		items: readonly PlanItem[],
		readonly io: Io,
		readonly to: ApplyTo,
	) {
		this.writes = items.map((item) => ({
			item,
			address: addressOf(item),
			isListed: false,
			isProbe: false,
			left: {},
			created: undefined,
		}));
	}

	/** The writes that have not come to their end. */
	get open(): LeadWrite[] {
		return this.writes.filter(({ end }) => end === undefined);
	}

	/** Why a call is not sent: the account, or the endpoint by now, refuses everything. */
	vain({ template }: Call): unknown {
		const outage = this.outages.get(template);
		return this.ending ?? (outage && outage.count >= MOST_OUTAGES ? outage.fault : undefined);
	}

	readonly send = async (call: Call): Promise<Answer> => {
		const known = this.vain(call);
		if (known !== undefined) throw known;
		const answer = await this.io.send(call).catch((error: unknown) => {
			if (this.watch.failed(error)) this.ending ??= error;
			if (error instanceof ApiFault && error.problem.kind === 'temporary') {
				const count = (this.outages.get(call.template)?.count ?? 0) + 1;
				this.outages.set(call.template, { count, fault: error });
			}
			throw error;
		});
		this.watch.worked();
		this.outages.delete(call.template);
		return answer;
	};

	/** Works on the writes side by side. A failure ends its own write alone. */
	async each(
		writes: readonly LeadWrite[],
		work: (write: LeadWrite) => Promise<void>,
	): Promise<void> {
		await inParallel(writes, WIDTH, async (write) => {
			try {
				await work(write);
			} catch (error) {
				this.fail(write, error);
			}
		});
	}

	/** @throws Cancelled, which is no failure of a write */
	fail(write: LeadWrite, error: unknown): void {
		if (error instanceof Cancelled) throw error;
		const failure = failureOf(error, this.io.context.getNode(), write.item, write.created);
		const ends = error === this.ending;
		write.end = { error: { ...failure, ...(ends && { ends }) } };
	}

	finish(write: LeadWrite, result: PlanResult): void {
		const { left, taken } = write;
		const isLeft = Object.keys(left).length > 0;
		write.end = { result: { ...result, ...(isLeft && { left }), ...(taken && { taken }) } };
	}
}
