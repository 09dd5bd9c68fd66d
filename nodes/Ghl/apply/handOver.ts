import { clearing } from '../fields/contactColumns';
import type { Taken } from '../../planItem';
import { isUnique, putCall, type Unique } from './contactCalls';
import type { Portion, Write } from './portion';

/**
 * Whether the contact that has a value gives it up in this portion. The write of that contact is then
 * done first. Two contacts that swap their emails wait for each other: the field of the other contact is
 * then cleared until its own write.
 */
export async function isGivenUp(
	name: Unique,
	owner: string,
	write: Write,
	portion: Portion,
): Promise<boolean> {
	const other = portion.updates.get(owner);
	if (!other || other === write) return false;
	if (!(name in (other.open ?? other.item.set))) return false;
	if (isWaiting(other, write)) {
		await portion.io.send(putCall(owner, { [name]: clearing(name) }));
		other.cleared.add(name);
		return true;
	}
	write.waitsFor = other;
	await Promise.allSettled([portion.carryOut(other)]);
	write.waitsFor = undefined;
	return true;
}

export async function areGivenUp(
	taken: readonly Taken[],
	write: Write,
	portion: Portion,
): Promise<boolean> {
	for (const { name, id } of taken) {
		if (!isUnique(name) || !(await isGivenUp(name, id, write, portion))) return false;
	}
	return true;
}

/** Whether a write waits for another one, directly or through writes in between. */
function isWaiting(write: Write, other: Write): boolean {
	for (let at = write.waitsFor; at; at = at.waitsFor) if (at === other) return true;
	return false;
}
