import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { callTo } from '../../engine/call/callTo';
import { flag, notSent } from '../../engine/describe/fields';
import type { Call, Io, Operation } from '../../engine/operation';
import { flagIn, rowsOf } from '../../engine/values';
import { messagePages } from './messagePages';
import { readPages } from '../../engine/call/paginate';

const NAME = 'unlessThere';
const LABEL = 'Skip If It Exists';
const SEARCH = 'GET /conversations/search';
const MESSAGES = 'GET /conversations/{conversationId}/messages';
const MESSAGE = 'GET /conversations/messages/{id}';
const scope = 'conversations/message.readonly';

/** The most messages of a conversation that are looked through. */
const MOST_MESSAGES = 500;

/** For the additional fields of an operation with `onceInConversation`. */
export const unlessThereField = notSent(
	flag(
		LABEL,
		NAME,
		'Whether to check first if the conversation has this message (same direction, text and time). If so, that one is returned and nothing is added.',
	),
);

/** The call for the messages of the conversation that a message is for; none where the contact has no conversation. */
export async function messagesCall({ body = {} }: Call, io: Io): Promise<Call | undefined> {
	const { locationId } = io.account.values;
	const query = { locationId, contactId: body.contactId };
	const search = callTo(SEARCH, { query, scope: 'conversations.readonly' });
	const found = body.conversationId ?? rowsOf((await io.send(search)).body, 'conversations')[0]?.id;
	if (found === undefined) return undefined;
	return callTo(MESSAGES, { values: { conversationId: String(found) }, scope });
}

/** Whether a message of the conversation is the one of a call; `maybe` where only its time is another. */
export function isThatMessage(message: IDataObject, { body = {} }: Call): boolean | 'maybe' {
	const { message: text = '', direction = 'outbound', date } = body;
	if (String(message.body).trim() !== String(text).trim()) return false;
	if (message.direction !== direction) return false;
	const secondOf = (time: unknown) => Math.floor(Date.parse(String(time)) / 1000);
	return secondOf(message.dateAdded) === secondOf(date) || 'maybe';
}

/** An operation that reads the message that is there in place of adding a second one, if the person asks for it. */
export function onceInConversation(operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		if (!flagIn(io.parameter('additionalFields', {}), NAME, LABEL)) return call;
		const there = await messageOf(call, io);
		return there ? callTo(MESSAGE, { values: { id: String(there.id) }, scope }) : call;
	};
	return { ...operation, build };
}

async function messageOf(call: Call, io: Io): Promise<IDataObject | undefined> {
	const messages = await messagesCall(call, io);
	if (messages === undefined) return undefined;
	const send = async (page: Call) => await io.send(page);
	const found = await readPages(messagePages, messages, send, MOST_MESSAGES);
	// A comment has no date of its own: an equal one is that one.
	const isDated = call.body?.date !== undefined;
	return found.find((row) => {
		const fits = isThatMessage(row, call);
		return fits === true || (fits === 'maybe' && !isDated);
	});
}

/** The keys that an added message is put out with, for one that was there: `added` is false then. */
export function addedOrThere({ id, ...record }: IDataObject): IDataObject {
	if (id === undefined) return record;
	const { conversationId, contactId, dateAdded } = record;
	return { success: true, conversationId, messageId: id, contactId, dateAdded, added: false };
}
