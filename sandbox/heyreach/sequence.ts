import { refused } from './errors';
import type { SequenceNode } from './records';
import type { Schema } from './validate';
import { fields, optionalText } from './validate';

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

/** The payload of the steps that say something. */
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
const ACTIONS = Object.keys(NODE_TYPES).filter(
	(type) => type !== 'END' && !type.startsWith('CHECK_'),
);

/** Throws 400 unless every path of the tree ends with END and each step branches as it must. */
export function checkSequence(node: SequenceNode, before?: SequenceNode): void {
	const { nodeType, conditionalNode, unconditionalNode, actionDelay = 0 } = node;
	if (before === undefined && nodeType === 'END') {
		throw refused('The sequence has no valid start.');
	}
	const hours = actionDelay * HOURS[node.actionDelayUnit ?? 'HOUR'];
	const followsAction = before !== undefined && ACTIONS.includes(before.nodeType);
	if ((nodeType === 'END' || followsAction) && hours < MIN_HOURS) {
		throw refused(`The delay of ${nodeType} must be at least ${MIN_HOURS} hours.`);
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
	for (const child of [conditionalNode, unconditionalNode]) {
		if (child) checkSequence(child, node);
	}
}
