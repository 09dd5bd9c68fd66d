import { SANDBOX } from '../accounts';
import type { Opportunity } from '../ghl/records';
import { seededId } from '../ids';
import type { SandboxState } from '../state';
import { seedCalendars } from './calendars';
import type { Moment } from './moments';
import { person, range } from './people';

const { locationId } = SANDBOX;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The id of the seeded record of that kind and number; contacts and users are numbered too. */
const seedId = (kind: string, number: number): string => seededId(`${kind}:seed:${number}`);
const contactId = (number: number): string => seedId('contact', number);
const userId = (number: number): string => seedId('user', number % 5);

/** What hangs on the contacts. Tasks are due from now on, the rest is dated by `moment`. */
export function seedActivity(state: SandboxState, moment: Moment): void {
	seedNotes(state, moment);
	seedTasks(state);
	seedCalendars(state, moment);
	seedAutomation(state, moment);
	seedOpportunities(state, moment);
	seedConversations(state, moment);
}

const NOTE_TEXTS = [
	'Asked for a call next week.',
	'Prefers e-mail over phone.',
	'Met at the Austin event.',
	'Wants a quote for ten seats.',
];

/** 80 notes on contacts 0-39. */
function seedNotes(state: SandboxState, moment: Moment): void {
	for (const number of range(0, 80)) {
		const id = seedId('note', number);
		state.notes.set(id, {
			id,
			contactId: contactId(number % 40),
			body: NOTE_TEXTS[number % NOTE_TEXTS.length],
			title: number % 3 === 0 ? 'Call summary' : undefined,
			color: number % 4 === 0 ? '#FFAA00' : undefined,
			pinned: number % 20 === 0,
			userId: number % 2 === 0 ? userId(number) : undefined,
			dateAdded: moment(number * 3),
		});
	}
}

const TASK_TITLES = ['Call back', 'Send proposal', 'Check in', 'Prepare demo', 'Review contract'];

/**
 * 60 tasks on contacts 0-29: 0-19 are overdue, 20-39 fall due in steps of a quarter of an hour,
 * 40-59 in steps of a day. Every fifth is completed.
 */
function dueDate(number: number, now: number): string {
	if (number < 20) return new Date(now - (number + 1) * 5 * HOUR).toISOString();
	if (number < 40) return new Date(now + (number - 19) * 15 * MINUTE).toISOString();
	return new Date(now + (number - 39) * DAY).toISOString();
}

function seedTasks(state: SandboxState): void {
	// Whole minutes, as a person would choose them.
	const now = Math.floor(Date.now() / MINUTE) * MINUTE;
	for (const number of range(0, 60)) {
		const id = seedId('task', number);
		state.tasks.set(id, {
			id,
			contactId: contactId(number % 30),
			title: `${TASK_TITLES[number % TASK_TITLES.length]} (${number + 1})`,
			body: number % 2 === 0 ? `About ${person(number % 30).companyName}` : undefined,
			assignedTo: number % 3 === 0 ? userId(number) : undefined,
			dueDate: dueDate(number, now),
			completed: number % 5 === 4,
		});
	}
}

/** Workflows, HighLevel's own campaigns and custom values. */
function seedAutomation(state: SandboxState, moment: Moment): void {
	for (const [number, name] of ['Welcome', 'LinkedIn follow-up', 'Win back'].entries()) {
		const id = seedId('workflow', number);
		state.workflows.set(id, {
			id,
			locationId,
			name,
			status: number === 2 ? 'draft' : 'published',
			version: number + 1,
			createdAt: moment(number),
			updatedAt: moment(number),
			contactIds: new Set(),
		});
	}
	for (const [number, name] of ['Spring newsletter', 'Referral drive'].entries()) {
		const id = seedId('marketingCampaign', number);
		const status = number === 0 ? 'published' : 'draft';
		state.marketingCampaigns.set(id, { id, locationId, name, status, contactIds: new Set() });
	}
	for (const [number, [name, value]] of [
		['Booking link', 'https://example.com/book'],
		['Office phone', '+15550109999'],
	].entries()) {
		const id = seedId('customValue', number);
		const fieldKey = `{{ custom_values.${name.toLowerCase().replace(' ', '_')} }}`;
		state.customValues.set(id, { id, locationId, name, fieldKey, value });
	}
	for (const [number, name] of ['Webinar page', 'Price list'].entries()) {
		const id = seedId('link', number);
		const redirectTo = `https://example.com/${name.toLowerCase().replace(' ', '-')}`;
		state.links.set(id, {
			id,
			locationId,
			name,
			redirectTo,
			fieldKey: `{{trigger_link.${id}}}`,
		});
	}
}

const PIPELINES = [
	{ name: 'Sales', stages: ['New lead', 'Contacted', 'Proposal sent', 'Negotiation'] },
	{ name: 'Onboarding', stages: ['Signed', 'Kick-off', 'Live'] },
];
const LOST_REASONS = ['Too expensive', 'Chose a competitor'];

/** Two pipelines, two lost reasons and 30 opportunities: contacts 0-29 have one each. */
function seedOpportunities(state: SandboxState, moment: Moment): void {
	for (const [number, { name, stages }] of PIPELINES.entries()) {
		const id = seedId('pipeline', number);
		state.pipelines.set(id, {
			id,
			locationId,
			name,
			stages: stages.map((stage, position) => ({
				id: seedId(`stage:${number}`, position),
				name: stage,
				position,
				showInFunnel: true,
				showInPieChart: true,
				stageWinProbability: 10 + position * 20,
			})),
			showInFunnel: true,
			showInPieChart: true,
			useOpportunityProbability: true,
			colorRenderMode: 'dot',
			dateAdded: moment(number),
			dateUpdated: moment(number),
		});
	}
	for (const [number, name] of LOST_REASONS.entries()) {
		const id = seedId('lostReason', number);
		state.lostReasons.set(id, {
			id,
			locationId,
			name,
			createdAt: moment(0),
			updatedAt: moment(0),
		});
	}
	const statuses: Array<Opportunity['status']> = [
		'open',
		'open',
		'open',
		'won',
		'lost',
		'abandoned',
	];
	for (const number of range(0, 30)) {
		const id = seedId('opportunity', number);
		const pipeline = number % 3 === 2 ? 1 : 0;
		const status = statuses[number % statuses.length];
		const { firstName, lastName } = person(number);
		state.opportunities.set(id, {
			id,
			locationId,
			contactId: contactId(number),
			pipelineId: seedId('pipeline', pipeline),
			pipelineStageId: seedId(`stage:${pipeline}`, number % PIPELINES[pipeline].stages.length),
			name: `${firstName} ${lastName}`,
			status,
			monetaryValue: 500 + number * 100,
			assignedTo: number % 4 === 0 ? userId(number) : undefined,
			source: 'website form',
			lostReasonId: status === 'lost' ? seedId('lostReason', number % 2) : undefined,
			customFields: [],
			followers: [...(number % 10 === 0 ? [userId(1)] : []), ...(number === 10 ? [userId(3)] : [])],
			lastStatusChangeAt: moment(number * 2),
			lastStageChangeAt: moment(number * 2),
			createdAt: moment(number),
			updatedAt: moment(number * 2),
		});
	}
}

/** Ten conversations of two messages. */
function seedConversations(state: SandboxState, moment: Moment): void {
	for (const number of range(0, 10)) {
		const id = seedId('conversation', number);
		state.conversations.set(id, {
			id,
			locationId,
			contactId: contactId(number),
			unreadCount: number % 2,
			dateAdded: moment(number),
			dateUpdated: moment(number + 1),
		});
		for (const [at, body] of ['Hello, is this still on?', 'Yes, see you then.'].entries()) {
			const message = seedId(`message:${number}`, at);
			state.messages.set(message, {
				id: message,
				locationId,
				contactId: contactId(number),
				conversationId: id,
				messageType: 'TYPE_SMS',
				body,
				direction: at === 0 ? 'inbound' : 'outbound',
				status: 'delivered',
				attachments: number === 0 && at === 1 ? ['https://files.example.com/map.pdf'] : [],
				dateAdded: moment(number + at),
			});
		}
	}
}
