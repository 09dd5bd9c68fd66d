import type { IDataObject } from 'n8n-workflow';
import { CallPair } from '../../engine/call/callPair';
import { textsIn } from '../../engine/values';
import { changedSince, isAllLeft, without } from '../../planItem';
import type { PlanItem, PlanResult, PlanValue, Taken } from '../../planItem';
import { bodyOf, valuesOf } from './planFields';
import { putCall, readContact, sendOrClash, takenBy } from './contactCalls';
import { isGivenUp } from './handOver';
import type { Portion, Write } from './portion';
import { tagsToWrite } from './writeTags';

/**
 * Looks at a contact and writes the fields that are still what the plan saw. The tags are written later,
 * those of many contacts together.
 */
export async function updateContact(write: Write, portion: Portion): Promise<PlanResult> {
	const lookAndWrite = new CallPair();
	try {
		return await update(write, portion, lookAndWrite);
	} finally {
		lookAndWrite.end();
	}
}

async function update(write: Write, portion: Portion, lookAndWrite: CallPair): Promise<PlanResult> {
	const { item: whole } = write;
	const { io } = portion;
	const { id } = whole;
	const names = Object.keys(whole.set);
	const contact = await readContact(id, io, lookAndWrite);
	const before = await valuesOf(contact, names, io, true);
	const result: PlanResult = { id, fields: before, tags: textsIn(contact.tags) };
	const left = changedSince(whole, before);
	const item = without(whole, left);
	const { body, refused } = await bodyOf(item, io);
	Object.assign(left, refused);
	if (Object.keys(left).length > 0) result.left = left;
	if (isAllLeft(without(item, refused))) return { ...result, stale: true };
	let { tags } = contact;
	if (Object.keys(body).length > 0) {
		const { contact: after, taken } = await putFields(write, { item, body, lookAndWrite }, portion);
		for (const { name, id: other, owner } of taken) {
			left[name] = `the value is that of another contact, ${owner} (${other})`;
			if (write.cleared.has(name)) before[name] = null;
		}
		result.fields = {
			...pick(before, Object.keys(left)),
			...(await valuesOf(after, names, io, false)),
		};
		if (Array.isArray(after.tags)) {
			({ tags } = after);
			result.tags = textsIn(tags);
		}
		if (taken.length > 0) Object.assign(result, { left, taken });
		if (isAllLeft(without(item, left))) return { ...result, stale: true };
	}
	write.tags = tagsToWrite(item, tags);
	return result;
}

/** Writes the body without the values that another contact has and does not give up. */
async function putFields(
	write: Write,
	{ item, body, lookAndWrite }: { item: PlanItem; body: IDataObject; lookAndWrite: CallPair },
	portion: Portion,
): Promise<{ contact: IDataObject; taken: Taken[] }> {
	const { io } = portion;
	const { id, name: person } = item;
	write.open = body;
	const taken: Taken[] = [];
	const waited = new Set<string>();
	while (Object.keys(body).length > 0) {
		const sent = await sendOrClash(putCall(id, body), io, lookAndWrite);
		if ('contact' in sent) return { contact: sent.contact, taken };
		lookAndWrite.end();
		const { owner, name } = sent;
		if (name === undefined || !(name in body)) throw sent.error;
		const again = `${name} ${owner}`;
		if (!waited.has(again) && (await isGivenUp(name, owner, write, portion))) {
			waited.add(again);
			continue;
		}
		taken.push(takenBy(name, await readContact(owner, io), person, io));
		delete body[name];
	}
	return { contact: {}, taken };
}

const pick = (values: Record<string, PlanValue>, names: string[]) =>
	Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
