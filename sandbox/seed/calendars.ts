import { SANDBOX } from '../accounts';
import type { Calendar } from '../ghl/records';
import { seededId } from '../ids';
import type { SandboxState } from '../state';
import type { Moment } from './moments';
import { person, range } from './people';

const { locationId } = SANDBOX;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const seedId = (kind: string, number: number): string => seededId(`${kind}:seed:${number}`);
const contactId = (number: number): string => seedId('contact', number);
const userId = (number: number): string => seedId('user', number % 5);

type Kind = Pick<
	Calendar,
	'id' | 'locationId' | 'name' | 'calendarType' | 'slotDuration' | 'autoConfirm'
>;

/**
 * Open on weekdays from 9 to 17.
 *
 * @param userIds of its members; the first is the primary one
 */
function calendar({ userIds, ...kind }: Kind & { userIds: string[] }): Calendar {
	const { name, slotDuration } = kind;
	const slug = name.toLowerCase().replace(' ', '-');
	return {
		...kind,
		groupId: GROUP_ID,
		description: `${name}, ${slotDuration} minutes`,
		slug,
		widgetSlug: `sandbox/${slug}`,
		isActive: true,
		eventTitle: '{{contact.name}}',
		eventColor: '#039be5',
		slotDurationUnit: 'mins',
		slotInterval: slotDuration,
		slotIntervalUnit: 'mins',
		openHours: [1, 2, 3, 4, 5].map((day) => ({
			daysOfTheWeek: [day],
			hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }],
		})),
		teamMembers: userIds.map((member, at) => ({
			userId: member,
			priority: 0.5,
			isPrimary: at === 0,
		})),
	};
}

const CALENDARS = [
	{ name: 'Intro call', calendarType: 'round_robin', slotDuration: 30, members: [0, 1] },
	{ name: 'Demo', calendarType: 'personal', slotDuration: 60, members: [2] },
	{ name: 'Office hours', calendarType: 'event', slotDuration: 30, members: [3] },
] as const;
const GROUP_ID = seedId('calendarGroup', 0);

/** Three calendars, open on weekdays from 9 to 17; twelve appointments, a day apart; one block. */
export function seedCalendars(state: SandboxState, moment: Moment): void {
	for (const [number, { name, calendarType, slotDuration, members }] of CALENDARS.entries()) {
		const id = seedId('calendar', number);
		const userIds = members.map(userId);
		const autoConfirm = number !== 2;
		state.calendars.set(
			id,
			calendar({ id, locationId, name, calendarType, slotDuration, autoConfirm, userIds }),
		);
	}
	const statuses = ['confirmed', 'showed', 'noshow', 'cancelled'];
	for (const number of range(0, 12)) {
		const id = seedId('appointment', number);
		const { name, slotDuration, members } = CALENDARS[number % 3];
		const { firstName, lastName } = person(number % 10);
		// 15:00 UTC is 9:00 in the location's winter.
		const start = Date.parse(moment(6)) + number * DAY;
		state.appointments.set(id, {
			id,
			calendarId: seedId('calendar', number % 3),
			locationId,
			contactId: contactId(number % 10),
			groupId: GROUP_ID,
			title: `${name} with ${firstName} ${lastName}`,
			appointmentStatus: statuses[number % statuses.length],
			assignedUserId: userId(members[0]),
			users: [],
			startTime: new Date(start).toISOString(),
			endTime: new Date(start + slotDuration * MINUTE).toISOString(),
			dateAdded: moment(-24),
			dateUpdated: moment(-24),
		});
	}
	const note = seedId('appointmentNote', 0);
	state.appointmentNotes.set(note, {
		id: note,
		appointmentId: seedId('appointment', 0),
		contactId: contactId(0),
		body: 'Bring the price list.',
		userId: userId(0),
		dateAdded: moment(0),
	});
	const block = seedId('blockSlot', 0);
	state.blockSlots.set(block, {
		id: block,
		calendarId: seedId('calendar', 0),
		locationId,
		title: 'Team day',
		assignedUserId: userId(0),
		startTime: moment(30),
		endTime: moment(38),
		dateAdded: moment(-24),
		dateUpdated: moment(-24),
	});
}

/** The one calendar of a client's location. */
export function seedClientCalendar(state: SandboxState, of: string, member: string): void {
	const id = seededId(`calendar:${of}`);
	const kind = { name: 'Intro call', calendarType: 'personal', slotDuration: 30 } as const;
	state.calendars.set(
		id,
		calendar({ ...kind, id, locationId: of, autoConfirm: true, userIds: [member] }),
	);
}
