import type { IDataObject } from 'n8n-workflow';
import { eventMoment } from '../../engine/dates';
import { isObject } from '../../engine/values';
import { eventName } from './events';
import { canonicalProfileUrl } from '../../linkedIn';
import { isMemberId } from '../../linkedInIdentity';
import {
	flag,
	keysOf,
	nameOf,
	names,
	partOf,
	text,
	wholeNumber,
	type Keys,
	type Part,
} from './payload';

/** The id of the made-up lead that HeyReach's Test button sends. */
const TEST_LEAD = /^testid$/i;

/**
 * The output of the trigger for one delivery. HeyReach's payload is nested in snake_case, flat, or
 * in camelCase, and each event leaves out other parts. A part that is absent, null or empty is left
 * out here too. An empty list of tags or lists stays: the fact is that there are none.
 *
 * `isKnown` tells which events the node knows. Other events, and deliveries without the name of
 * one, are marked.
 */
export function normaliseDelivery(
	body: Record<string, unknown>,
	isKnown: (event: string) => boolean,
): IDataObject {
	const root = keysOf(body);
	const event = eventName(root.get('eventtype'));
	const leadPart = partOf(root, 'lead');
	const talk = conversation(root);
	return {
		...present({
			event,
			eventKnown: isKnown(event) ? undefined : false,
			isTest: TEST_LEAD.test(String(leadPart('id'))) ? true : undefined,
			occurredAt: eventMoment(text(root.get('timestamp'))),
			correlationId: text(root.get('correlationid')),
			messageKey: messageKey(event, talk),
			lead: lead(leadPart, root),
			// The one tag of a flat event. HeyReach does not say whether it was added or removed.
			tag: nameOf(root.get('tag')),
			campaign: campaign(partOf(root, 'campaign')),
			sender: sender(partOf(root, 'sender'), root),
			conversation: talk,
			connectionMessage: text(root.get('connectionmessage')),
			postUrl: text(root.get('posturl')),
		}),
		body: body as IDataObject,
	};
}

/**
 * The key by which a repeated delivery is dropped; `undefined` where nothing identifies it.
 * HeyReach sends a reply once for each campaign of the lead, and again days later with another
 * time, so its key is the conversation and the time of the reply. The key of any other event is its
 * correlation id and time: two events stay two even if HeyReach gives one id to a whole thread.
 */
export function repeatKey(json: IDataObject): string | undefined {
	const { event, isTest, messageKey: reply, correlationId, occurredAt } = json;
	// The Test button sends the same delivery on each click.
	if (isTest) return undefined;
	if (reply !== undefined) return [event, reply].join(':');
	return correlationId === undefined ? undefined : [event, correlationId, occurredAt].join(':');
}

function lead(from: Part, root: Keys): IDataObject | undefined {
	const id = text(from('id', 'linkedinid'));
	return part({
		id,
		memberId: isMemberId(id) ? id : undefined,
		profileUrl: text(from('profileurl')),
		linkedInUrl: canonicalProfileUrl(from('profileurl')),
		firstName: text(from('firstname')),
		lastName: text(from('lastname')),
		fullName: text(from('fullname')),
		location: text(from('location')),
		summary: text(from('summary')),
		companyName: text(from('companyname')),
		companyUrl: text(from('companyurl')),
		position: text(from('position')),
		about: text(from('about')),
		email: text(from('emailaddress', 'email')),
		enrichedEmail: text(from('enrichedemail', 'enrichedemailaddress')),
		customEmail: text(from('customemail', 'customemailaddress')),
		tags: names(from('tags') ?? root.get('tags')),
		...leadLists(from('lists'), customFields(from('customfields'))),
	});
}

/**
 * The lists of a lead, each a name or `{id, name, custom_fields}`. `customFields` holds the
 * variables of all lists. A variable with different values in two lists is named in `unclearFields`
 * instead, since nothing says which list counts; `listDetails` has both values.
 */
function leadLists(value: unknown, own: IDataObject = {}): Record<string, unknown> {
	const details = (Array.isArray(value) ? value : []).map(listDetail).filter(isThere);
	const values = new Map<string, Map<string, unknown>>();
	for (const fields of [own, ...details.map((list) => list.customFields ?? {})]) {
		for (const [name, one] of Object.entries(fields)) {
			values.set(name, (values.get(name) ?? new Map()).set(JSON.stringify(one), one));
		}
	}
	const ids = details.map(({ id }) => id).filter(isThere);
	const clear = [...values].filter(([, ones]) => ones.size === 1);
	const unclear = [...values].filter(([, ones]) => ones.size > 1).map(([name]) => name);
	return {
		lists: names(value),
		listIds: unlessEmpty(ids),
		listDetails: details.some((list) => list.id !== undefined || list.customFields)
			? details
			: undefined,
		customFields: part(
			Object.fromEntries(clear.map(([name, ones]) => [name, [...ones.values()][0]])),
		),
		unclearFields: unlessEmpty(unclear),
	};
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;
const unlessEmpty = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

interface ListDetail {
	id?: number | string;
	name?: string;
	customFields?: IDataObject;
}

function listDetail(value: unknown): ListDetail | undefined {
	const keys = keysOf(value);
	return part({
		id: wholeNumber(keys.get('id')),
		name: nameOf(value),
		customFields: customFields(keys.get('customfields')),
	});
}

/** A map from name to value, or HeyReach's list of `{name, value}`. */
function customFields(value: unknown): IDataObject | undefined {
	const pairs = Array.isArray(value)
		? value.map(keysOf).map((row) => [text(row.get('name')) ?? '', row.get('value')] as const)
		: isObject(value)
			? Object.entries(value)
			: [];
	const isValue = (one: unknown) => text(one) !== undefined || flag(one) !== undefined;
	return part(Object.fromEntries(pairs.filter(([name, one]) => name !== '' && isValue(one))));
}

function campaign(from: Part): IDataObject | undefined {
	const status = wholeNumber(from('status'));
	return part({
		id: wholeNumber(from('id')),
		name: text(from('name')),
		// Webhooks have a number here, the API a word. No source tells which number is which word.
		status: typeof status === 'number' ? undefined : status,
		statusCode: typeof status === 'number' ? status : undefined,
	});
}

function sender(from: Part, root: Keys): IDataObject | undefined {
	const account = keysOf(from('linkedinaccount') ?? root.get('linkedinaccount')).get('id');
	const id = from('id', 'linkedinaccountid', 'accountid') ?? account;
	return part({
		id: wholeNumber(id ?? root.get('linkedinaccountid') ?? root.get('linkedinsenderid')),
		firstName: text(from('firstname')),
		lastName: text(from('lastname')),
		fullName: text(from('fullname')),
		email: text(from('emailaddress', 'email')),
		profileUrl: text(from('profileurl')),
	});
}

/**
 * The messages of a thread, oldest first. HeyReach sends one or the last few. `reply` is the
 * prospect's newest message with a text: the newest of all can be ours, or an attachment, which has
 * an empty text. `attachments` holds the prospect's messages without a text.
 */
function conversation(root: Keys): IDataObject | undefined {
	const given = root.get('recentmessages');
	const messages = inOrder((Array.isArray(given) ? given : []).map(message).filter(isThere));
	const replies = messages.filter(({ isReply }) => isReply === true);
	const attachments = replies.filter((one) => one.text === undefined && one.type !== undefined);
	return part({
		id: text(root.get('conversationid')),
		isInMail: flag(root.get('isinmail')),
		messages: unlessEmpty(messages),
		lastMessage: messages.at(-1),
		reply: replies.filter((one) => one.text !== undefined).at(-1),
		attachments: unlessEmpty(attachments),
	});
}

function message(value: unknown): IDataObject | undefined {
	const keys = keysOf(value);
	const type = text(keys.get('messagetype'));
	return part({
		sentAt: eventMoment(text(keys.get('creationtime'))),
		text: text(keys.get('message')),
		isReply: flag(keys.get('isreply')),
		type,
		isAttachment: type !== undefined && /attachment/i.test(type) ? true : undefined,
	});
}

/** The messages, oldest first; in their own order where one has no time. */
function inOrder(messages: IDataObject[]): IDataObject[] {
	if (messages.some(({ sentAt }) => sentAt === undefined)) return messages;
	return [...messages].sort((a, b) => String(a.sentAt).localeCompare(String(b.sentAt)));
}

/**
 * The key of a reply: its conversation and the time of the prospect's newest message. It is the
 * same for the first reply and for every reply, for each campaign, and for a delivery that comes
 * days later.
 */
function messageKey(event: string, talk: IDataObject | undefined): string | undefined {
	const tellsOfReply = event === '' || event.endsWith('reply_received');
	if (!tellsOfReply || !Array.isArray(talk?.messages)) return undefined;
	const newest = (talk.messages as IDataObject[]).filter(({ isReply }) => isReply === true).at(-1);
	return talk.id && newest?.sentAt ? [talk.id, newest.sentAt].join(':') : undefined;
}

function part(values: Record<string, unknown>): IDataObject | undefined {
	const found = present(values);
	return Object.keys(found).length > 0 ? found : undefined;
}

function present(values: Record<string, unknown>): IDataObject {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
	) as IDataObject;
}
