import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../changes';
import type { Contact, Opportunity } from '../records';

/**
 * Which events a change causes. A write that changes nothing causes none: whether HighLevel tells of
 * those is not known.
 */
export function consequences(change: Change): string[] {
	const { kind, before, after } = change;
	switch (kind) {
		case 'contact':
			return simple('Contact', before, after) ?? contactUpdates(change.before, change.after);
		case 'note':
			return simple('Note', before, after) ?? ['NoteUpdate'];
		case 'task':
			// There is no event for any other change of a task.
			return (
				simple('Task', before, after) ??
				(change.after?.completed === true && change.before?.completed !== true
					? ['TaskComplete']
					: [])
			);
		case 'appointment':
			return simple('Appointment', before, after) ?? ['AppointmentUpdate'];
		case 'opportunity':
			return (
				simple('Opportunity', before, after) ?? opportunityUpdates(change.before, change.after)
			);
		case 'message':
			if (before !== undefined || change.after === undefined) return [];
			return [change.after.direction === 'inbound' ? 'InboundMessage' : 'OutboundMessage'];
	}
}

/** Made or deleted; undefined when it was changed. */
function simple(what: string, before: unknown, after: unknown): string[] | undefined {
	if (before === undefined) return [`${what}Create`];
	return after === undefined ? [`${what}Delete`] : undefined;
}

/** Not told, or told by an event of their own. DND that came from the contact is not told at all. */
const NO_UPDATE: Array<keyof Contact> = [
	'dateUpdated',
	'tags',
	'dnd',
	'dndSettings',
	'inboundDndSettings',
	'followers',
	'businessId',
];

function contactUpdates(before?: Contact, after?: Contact): string[] {
	if (before === undefined || after === undefined) return [];
	const differs = (key: keyof Contact): boolean => !isDeepStrictEqual(before[key], after[key]);
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as Array<
		keyof Contact
	>;
	return [
		...(keys.some((key) => !NO_UPDATE.includes(key) && differs(key)) ? ['ContactUpdate'] : []),
		...(differs('tags') ? ['ContactTagUpdate'] : []),
		...(differs('dnd') || differs('dndSettings') ? ['ContactDndUpdate'] : []),
	];
}

const OPPORTUNITY_EVENTS: Array<[keyof Opportunity, string]> = [
	['pipelineStageId', 'OpportunityStageUpdate'],
	['status', 'OpportunityStatusUpdate'],
	['assignedTo', 'OpportunityAssignedToUpdate'],
	['monetaryValue', 'OpportunityMonetaryValueUpdate'],
];

/** The special events go out beside the general one. */
function opportunityUpdates(before?: Opportunity, after?: Opportunity): string[] {
	const special = OPPORTUNITY_EVENTS.filter(([key]) => before?.[key] !== after?.[key]);
	return ['OpportunityUpdate', ...special.map(([, type]) => type)];
}
