import { ApiFault, Cancelled } from '../../engine/call/errors';
import { batchesOf, sendBatch, type Outcome, type Part } from '../../engine/call/fold';
import { textsIn } from '../../engine/values';
import type { Io } from '../../engine/operation';
import type { PlanItem } from '../../planItem';
import { BULK_TAGS, foldTags } from '../calls/bulkTags';
import { addTagsCall, removeTagsCall } from '../calls/contacts';
import { splitRoute } from '../../engine/call/callTo';
import type { TagWork } from './portion';

/** The tags of one contact. */
export interface ContactTags {
	id: string;
	work: TagWork;
	/** All its tags, as far as they are known; each write brings them up to date. */
	tags: string[];
	error?: unknown;
}

/** HighLevel writes tags in lower case. */
const plain = (tag: string) => tag.trim().toLowerCase();

/**
 * The tags of an item that its contact does not show to have, or to have lost, already.
 *
 * @param has the tags of the contact; what is no list says nothing
 */
export function tagsToWrite({ addTags, removeTags }: PlanItem, has: unknown): TagWork {
	if (!Array.isArray(has)) return { add: [...addTags], remove: [...removeTags] };
	const known = new Set(textsIn(has).map(plain));
	return {
		add: addTags.filter((tag) => !known.has(plain(tag))),
		remove: removeTags.filter((tag) => known.has(plain(tag))),
	};
}

/** Tags of many contacts, in few calls. A contact that fails gets its `error`; the others go on. */
export async function writeTags(contacts: readonly ContactTags[], io: Io): Promise<void> {
	let isBulkRefused = false;
	for (const type of ['add', 'remove'] as const) {
		const fold = foldTags(type);
		const callOf = type === 'add' ? addTagsCall : removeTagsCall;
		const parts = groupsOf(contacts, type).map(({ contact, tags }) => ({
			contact,
			tags,
			call: callOf(contact.id, tags),
		}));
		const settle = async ({ itemIndex }: Part, outcome: Outcome): Promise<void> => {
			const { contact, tags } = parts[itemIndex];
			if ('error' in outcome) contact.error ??= outcome.error;
			else contact.tags = after(contact.tags, outcome.record.tags, type, tags);
		};
		const settleOrSplit = async (part: Part, outcome: Outcome): Promise<void> => {
			if (!('error' in outcome) || !isRefusalOfBulk(outcome.error))
				return await settle(part, outcome);
			isBulkRefused = true;
			await sendBatch(fold, io.account, [part], io.send, settle);
		};
		const indexed = parts.map(({ call }, itemIndex) => ({ itemIndex, call }));
		// One at a time: after a refusal of the bulk endpoint the others go without it.
		for (const batch of batchesOf(fold, indexed)) {
			const batches = isBulkRefused ? batch.map((part) => [part]) : [batch];
			await Promise.all(
				batches.map(async (one) => await sendBatch(fold, io.account, one, io.send, settleOrSplit)),
			);
		}
	}
}

interface Group {
	contact: ContactTags;
	tags: string[];
}

/**
 * The tags of each contact in the groups in which they are written: contacts that get the same tags share
 * calls. Where contacts get many different sets of a few tags, those that get the same tag share calls.
 */
function groupsOf(contacts: readonly ContactTags[], type: keyof TagWork): Group[] {
	const some = contacts.filter(({ work, error }) => work[type].length > 0 && error === undefined);
	const whole = some.map((contact) => ({ contact, tags: [...work(contact)].sort() }));
	const single = some.flatMap((contact) => work(contact).map((tag) => ({ contact, tags: [tag] })));
	return callsFor(single) < callsFor(whole) ? single : whole;

	function work(contact: ContactTags): string[] {
		return contact.work[type];
	}
}

function callsFor(groups: readonly Group[]): number {
	const counts = new Map<string, number>();
	for (const { tags } of groups) {
		const key = JSON.stringify(tags);
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	const { size } = foldTags('add');
	return [...counts.values()].reduce((calls, count) => calls + Math.ceil(count / size), 0);
}

/**
 * The tags after a write: those that the answer tells, else those that were known before it. The answers
 * to several writes for one contact may come in another order than the writes.
 */
function after(
	known: readonly string[],
	told: unknown,
	type: keyof TagWork,
	written: readonly string[],
): string[] {
	const names = new Set(written.map(plain));
	const tags = Array.isArray(told) ? textsIn(told) : [...known];
	if (type === 'remove') return tags.filter((tag) => !names.has(plain(tag)));
	const has = new Set(tags.map(plain));
	return [...tags, ...[...names].filter((tag) => !has.has(tag))];
}

const [, BULK_TEMPLATE] = splitRoute(BULK_TAGS);

/** Whether the bulk endpoint refused the call itself, so that a call for each contact may still work. */
function isRefusalOfBulk(error: unknown): boolean {
	if (!(error instanceof ApiFault) || error instanceof Cancelled) return false;
	const { template, httpCode, problem } = error;
	const isRefused = problem.kind === 'refused' || problem.kind === 'expired';
	return template === BULK_TEMPLATE && httpCode !== undefined && isRefused;
}
