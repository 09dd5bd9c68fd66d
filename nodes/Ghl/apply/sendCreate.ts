import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { ApiFault, neverSent } from '../../engine/call/errors';
import type { Call } from '../../engine/operation';
import { rememberMade } from '../../planItem';
import type { PlanItem } from '../../planItem';
import { isSamePerson, writtenIdentity } from './contactIdentity';
import { recoverCreate } from '../calls/recoverContact';
import { contactIn, readContact, sendOrClash, UNIQUE_NAMES, type Sent } from './contactCalls';
import { lookForContact, searchesFor } from './lookForContact';
import type { Portion, Write } from './portion';

/** How often a create is sent whose answers are lost, and which was looked for each time and not found. */
const TRIES = 3;

/**
 * Sends a create. `made` is a contact that HighLevel has made although it refused the call.
 *
 * @throws ApiFault; `write.created` then says whether the create may have been carried out
 */
export async function sendCreate(
	write: Write,
	body: IDataObject,
	portion: Portion,
): Promise<Sent | { made: IDataObject }> {
	const { item } = write;
	const { io } = portion;
	const { locationId } = io.account.values;
	const tags = item.addTags.length > 0 ? { tags: item.addTags } : {};
	const call = callTo('POST /contacts/', {
		body: { locationId, ...body, ...tags },
		scope: 'contacts.write',
	});
	const startedAt = Date.now();
	write.created = 'begun';
	for (let tries = 1; ; tries++) {
		const [sent] = await Promise.allSettled([sendOrClash(call, io)]);
		if (sent.status === 'fulfilled') {
			write.created = 'contact' in sent.value ? 'done' : undefined;
			return sent.value;
		}
		const error: unknown = sent.reason;
		if (isLost(error)) {
			const found = await madeByLostCall(call, startedAt, item, portion);
			if (typeof found === 'object') {
				write.created = 'done';
				return { contact: found };
			}
			if (found === 'unknown' || tries === TRIES) throw error;
			continue;
		}
		const made = await madeAllTheSame(error, write, portion);
		if (!made) throw error;
		rememberMade(io, item, String(made.id));
		return { made };
	}
}

const isLost = (error: unknown): boolean =>
	error instanceof ApiFault &&
	error.problem.kind === 'temporary' &&
	!neverSent(error.httpCode ?? '');

/**
 * Finds what became of a create whose answer was lost. Only a contact with the same LinkedIn identity
 * counts as made by it. An item that writes no LinkedIn identity goes by the first and last name.
 */
async function madeByLostCall(
	call: Call,
	startedAt: number,
	item: PlanItem,
	{ io }: Portion,
): Promise<IDataObject | 'not done' | 'unknown'> {
	const [recovered] = await Promise.allSettled([recoverCreate(call, io, startedAt)]);
	if (recovered.status === 'rejected') return 'unknown';
	if (typeof recovered.value === 'string') return recovered.value;
	const contact = contactIn(recovered.value.body);
	const isNamedSo = ['firstName', 'lastName'].every(
		(name) => plain(contact[name]) === plain(call.body?.[name]),
	);
	const hasIdentity = (await writtenIdentity(item, io)).size > 0;
	const isOurs = hasIdentity ? (await isSamePerson(contact, item, io)) === 'same' : isNamedSo;
	return isOurs ? contact : 'unknown';
}

const plain = (value: unknown) =>
	String(value ?? '')
		.trim()
		.toLowerCase();

/** The contact that HighLevel has made although it refused the create. */
async function madeAllTheSame(
	error: unknown,
	write: Write,
	{ io }: Portion,
): Promise<IDataObject | undefined> {
	if (!(error instanceof ApiFault) || !error.problem.maybeDone) return undefined;
	const { item } = write;
	const { ours, taken } = await lookForContact(item, await searchesFor(item, io), io);
	const isSeenAtOnce = UNIQUE_NAMES.some((name) => item.set[name]);
	if (!ours && taken.length === 0 && isSeenAtOnce) write.created = undefined;
	return ours && (await readContact(String(ours.id), io));
}
