import { refused } from './errors';
import type { SequenceNode } from './records';
import type { Schema } from './validate';
import { fields, flag, nullable, optionalText } from './validate';

type Branches = 'both' | 'replyEnds' | 'one' | 'none';

/**
 * How each kind of step goes on: with both branches; with one, and a second that may only END (a
 * lead who replied); with one; or not at all.
 */
const NODE_TYPES: Record<string, Branches> = {
	CONNECTION_REQUEST: 'both',
	MESSAGE: 'replyEnds',
	INMAIL: 'replyEnds',
	VIEW_PROFILE: 'one',
	FOLLOW: 'one',
	LIKE_POST: 'one',
	FIND_EMAIL: 'both',
	CHECK_IS_CONNECTION: 'both',
	CHECK_IS_OPEN_PROFILE: 'both',
	SEND_LEAD_TO_INSTANTLY: 'one',
	SEND_LEAD_TO_SMARTLEAD: 'one',
	SEND_LEAD_TO_BISON: 'one',
	END: 'none',
};

const texts = (maxLength: number, minItems: number): Schema => ({
	type: ['array', 'null'],
	items: { type: 'string', maxLength },
	...(minItems > 0 ? { minItems, type: 'array' } : {}),
});
const inMail = fields(
	{
		subject: { type: 'string', maxLength: 200 },
		message: { type: 'string', maxLength: 1900 },
	},
	['subject', 'message'],
);

const REACTIONS = ['LIKE', 'CELEBRATE', 'SUPPORT', 'FUNNY', 'LOVE', 'INSIGHTFUL', 'CURIOUS'];
const REACT_BEFORE = ['DAY1', 'DAY3', 'WEEK1', 'WEEK2', 'MONTH1', 'MONTH3'];

/** The payload of the steps that need one. That of SEND_LEAD_TO_BISON is described nowhere. */
const PAYLOADS: Record<string, Schema> = {
	CONNECTION_REQUEST: fields({
		messages: texts(300, 0),
		fallbackMessage: { ...optionalText, maxLength: 300 },
		toBeWithdrawnAfterDays: { type: ['integer', 'null'], minimum: 14 },
	}),
	MESSAGE: fields(
		{ messages: texts(8000, 1), fallbackMessage: { ...optionalText, maxLength: 8000 } },
		['messages'],
	),
	INMAIL: fields(
		{
			messages: { type: 'array', minItems: 1, items: inMail },
			fallbackMessage: { anyOf: [inMail, { type: 'null' }] },
		},
		['messages'],
	),
	LIKE_POST: fields({
		reactionType: nullable({ enum: REACTIONS }),
		randomReaction: nullable(flag),
		reactBefore: nullable({ enum: REACT_BEFORE }),
		skipDelayIfCannotLike: nullable(flag),
	}),
	SEND_LEAD_TO_INSTANTLY: fields(
		{
			instantlyResourceId: { type: 'string', format: 'uuid' },
			resourceType: { enum: ['LIST', 'CAMPAIGN'] },
		},
		['instantlyResourceId', 'resourceType'],
	),
	SEND_LEAD_TO_SMARTLEAD: fields({ smartLeadCampaignId: { type: 'integer', minimum: 1 } }, [
		'smartLeadCampaignId',
	]),
	SEND_LEAD_TO_BISON: fields({}),
};

const whenType = (nodeType: string, payload: Schema): Schema => ({
	if: fields({ nodeType: { const: nodeType } }, ['nodeType']),
	then: fields({ payload }, ['payload']),
});

/** A node and all below it. */
export const sequenceNode: Schema = {
	$id: 'sequenceNode',
	...fields(
		{
			nodeType: { enum: Object.keys(NODE_TYPES) },
			payload: { type: ['object', 'null'] },
			actionDelay: { type: 'integer', minimum: 0, maximum: 100 },
			actionDelayUnit: { enum: ['HOUR', 'DAY'] },
			conditionalNode: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
			unconditionalNode: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
			externalReference: { ...optionalText, maxLength: 100 },
		},
		['nodeType'],
	),
	allOf: Object.entries(PAYLOADS).map(([type, payload]) => whenType(type, payload)),
};

const HOURS = { HOUR: 1, DAY: 24 };
const MIN_HOURS = 3;

/** Whatever follows one of these waits for three hours at least. */
const ACTIONS = ['CONNECTION_REQUEST', 'MESSAGE', 'INMAIL', 'VIEW_PROFILE', 'FOLLOW', 'LIKE_POST'];

const isVariable = (text: unknown): boolean => typeof text === 'string' && /\{\w+\}/.test(text);

/** A message that names a variable needs one to fall back on for leads that lack it. */
function checkFallback({ nodeType, payload }: SequenceNode): void {
	const messages = Array.isArray(payload?.messages) ? (payload.messages as unknown[]) : [];
	const texts = messages.flatMap((message) =>
		typeof message === 'object' && message !== null ? Object.values(message) : [message],
	);
	if (texts.some(isVariable) && !payload?.fallbackMessage) {
		throw refused(`${nodeType} uses a variable and has no fallbackMessage.`);
	}
}

/** The bare END that HeyReach itself puts below a message, for a lead who replied. */
const isBareEnd = ({ nodeType, actionDelay = 0 }: SequenceNode): boolean =>
	nodeType === 'END' && actionDelay === 0;

function checkDelay(node: SequenceNode, path: string, before?: SequenceNode): void {
	const { nodeType, actionDelay = 0, actionDelayUnit } = node;
	const hours = actionDelay * HOURS[actionDelayUnit ?? 'HOUR'];
	if (before === undefined) {
		// Met with a request at the root and no delay.
		if (nodeType !== 'CONNECTION_REQUEST' || hours > 0) return;
		throw refused(`Node at: ${path} has invalid delay: 00:00:00`);
	}
	const afterReply = node === before.conditionalNode && NODE_TYPES[before.nodeType] === 'replyEnds';
	if (afterReply && isBareEnd(node)) return;
	if (ACTIONS.includes(before.nodeType) && hours < MIN_HOURS) {
		throw refused(`The delay of ${nodeType} must be at least ${MIN_HOURS} hours.`);
	}
}

/** Throws 400 unless every path of the tree ends with END and each step branches as it must. */
export function checkSequence(
	node: SequenceNode,
	path = '$.sequence',
	before?: SequenceNode,
): void {
	const { nodeType, conditionalNode, unconditionalNode } = node;
	if (before === undefined && nodeType === 'END') {
		throw refused('The sequence has no valid start.');
	}
	checkDelay(node, path, before);
	checkFallback(node);
	if (nodeType === 'FOLLOW' && before?.nodeType === 'CONNECTION_REQUEST') {
		throw refused('FOLLOW must not follow a CONNECTION_REQUEST.');
	}
	const branches = NODE_TYPES[nodeType];
	if (branches === 'none') {
		if (conditionalNode || unconditionalNode) throw refused('An END node has no children.');
		return;
	}
	if (!unconditionalNode) throw refused(`The path at ${nodeType} does not end with END.`);
	if (branches === 'both' && !conditionalNode) {
		throw refused(`${nodeType} needs both conditionalNode and unconditionalNode.`);
	}
	if (branches === 'one' && conditionalNode) {
		throw refused(`${nodeType} must not have a conditionalNode.`);
	}
	if (branches === 'replyEnds' && conditionalNode && conditionalNode.nodeType !== 'END') {
		throw refused(`The conditionalNode of ${nodeType} must be END.`);
	}
	if (conditionalNode) checkSequence(conditionalNode, `${path}.conditionalNode`, node);
	if (unconditionalNode) checkSequence(unconditionalNode, `${path}.unconditionalNode`, node);
}

/** A tree as it is read back: below each message stands a bare END, whoever wrote it without. */
export function readBack(node: SequenceNode): SequenceNode {
	const { conditionalNode, unconditionalNode } = node;
	const saysSomething = NODE_TYPES[node.nodeType] === 'replyEnds';
	return {
		...node,
		...(saysSomething ? { conditionalNode: BARE_END } : {}),
		...(conditionalNode ? { conditionalNode: readBack(conditionalNode) } : {}),
		...(unconditionalNode ? { unconditionalNode: readBack(unconditionalNode) } : {}),
	};
}

const BARE_END: SequenceNode = { nodeType: 'END', actionDelay: 0, actionDelayUnit: 'HOUR' };
