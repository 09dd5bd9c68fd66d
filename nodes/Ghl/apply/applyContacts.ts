import { AccountWatch, failureOf, isOfAccount } from '../../applyFailure';
import { Cancelled } from '../../engine/call/errors';
import { inParallel } from '../../engine/call/inParallel';
import type { Io } from '../../engine/operation';
import { TAGS } from '../../planItem';
import type { Applied, ApplyFailure, PlanItem, PlanResult } from '../../planItem';
import { highLevel } from '../api';
import { isStandard } from '../fields/contactColumns';
import { listCustomFields } from '../fields/customFields';
import { createContact } from './createContact';
import { portionOf, type Portion, type Write } from './portion';
import { updateContact } from './updateContact';
import { writeTags, type ContactTags } from './writeTags';

type Outcome = { result: PlanResult } | { error: unknown };

/**
 * Carries out plan items for the contacts of one location. Each contact is looked at before it is
 * overwritten, and its write follows at once. Tags of many contacts share calls.
 *
 * @returns what came of each item, in the order of the items. After a failure that ends everything (a
 * refused credential, a used-up day) the items that have not begun have that failure too.
 * @throws Cancelled
 */
export async function applyContacts(items: readonly PlanItem[], io: Io): Promise<Applied[]> {
	const portion = portionOf(items, io, begin);
	const run = new Run(portion);
	await run.carryOut();
	await run.writeTags();
	return portion.writes.map((write) => run.appliedOf(write));
}

async function begin(write: Write, portion: Portion): Promise<PlanResult> {
	return write.item.action === 'update'
		? await updateContact(write, portion)
		: await createContact(write, portion);
}

/** Whether something beside the tags was carried out, which must not be told as failed. */
const hasOthers = ({ item }: Write, { left = {} }: PlanResult): boolean =>
	item.action === 'create' || Object.keys(item.set).some((name) => !(name in left));

class Run {
	private readonly outcomes = new Map<Write, Outcome>();
	private readonly watch = new AccountWatch();
	/** The error after which the account refuses everything. */
	private end?: { error: unknown };
	private cancelled?: Cancelled;

	constructor(private readonly portion: Portion) {}

	/**
	 * As many writes are under way as HighLevel takes calls at once. With more of them, the write of a
	 * contact would wait behind the looks of others, and an edit in between would be likelier.
	 */
	async carryOut(): Promise<void> {
		const { io, writes } = this.portion;
		const { concurrency } = io.account.limit ?? highLevel.limit;
		await this.readCustomFields();
		await inParallel(writes, concurrency, async (write) => await this.settle(write));
		this.throwIfCancelled();
	}

	/** Before the first look, so that nothing comes between a look and its write. A failure is met again there. */
	private async readCustomFields(): Promise<void> {
		const { io, writes } = this.portion;
		const names = writes.flatMap(({ item }) => Object.keys(item.set));
		if (!names.every(isStandard)) await Promise.allSettled([listCustomFields(io)]);
	}

	private async settle(write: Write): Promise<void> {
		if (!write.work && (this.end || this.cancelled)) return;
		const [outcome] = await Promise.allSettled([this.portion.carryOut(write)]);
		if (outcome.status === 'fulfilled') this.outcomes.set(write, { result: outcome.value });
		else this.outcomes.set(write, { error: outcome.reason });
		if (outcome.status === 'fulfilled') this.watch.worked();
		else this.failed(outcome.reason);
	}

	private failed(error: unknown): void {
		if (error instanceof Cancelled) this.cancelled ??= error;
		else if (this.watch.failed(error)) this.end ??= { error };
	}

	async writeTags(): Promise<void> {
		const { io, writes } = this.portion;
		const contacts = new Map<Write, ContactTags>();
		for (const write of writes) {
			const { tags: work } = write;
			const outcome = this.outcomes.get(write);
			if (!outcome || !('result' in outcome)) continue;
			if (work.add.length + work.remove.length === 0) continue;
			const { id, tags = [] } = outcome.result;
			contacts.set(write, { id, work, tags, ...this.end });
		}
		if (!this.end) await writeTags([...contacts.values()], io);
		for (const [write, { tags, error }] of contacts) {
			const outcome = this.outcomes.get(write);
			if (error !== undefined) {
				this.failed(error);
				const isOfTags = !isOfAccount(error) && outcome && 'result' in outcome;
				if (isOfTags && hasOthers(write, outcome.result)) {
					const { message } = failureOf(error, io.context.getNode(), write.item, undefined);
					outcome.result.left = { ...outcome.result.left, [TAGS]: message };
					outcome.result.tags = tags;
				} else this.outcomes.set(write, { error });
			} else if (outcome && 'result' in outcome) outcome.result.tags = tags;
		}
		this.throwIfCancelled();
	}

	private throwIfCancelled(): void {
		if (this.cancelled) throw this.cancelled;
	}

	appliedOf(write: Write): Applied {
		const outcome = this.outcomes.get(write);
		if (outcome && 'result' in outcome) return outcome;
		return { error: this.failureOf(write, (outcome ?? this.end)?.error) };
	}

	private failureOf({ item, created }: Write, error: unknown): ApplyFailure {
		const failure = failureOf(error, this.portion.io.context.getNode(), item, created);
		const ends = this.end !== undefined && new AccountWatch().failed(error);
		return { ...failure, ...(ends && { ends }) };
	}
}
