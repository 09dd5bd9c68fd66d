import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox';
import { columns } from '../examples/values';
import { byId, callsOf, runGhl, type GhlRun } from './ghl';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ burst: { max: 100_000, intervalMs: 10_000 } });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const aContact = () => [...sandbox.state.contacts.values()][0];
const aCalendar = () => [...sandbox.state.calendars.values()][0];
const bodies = (method = 'POST') =>
	sandbox.requests
		.list({ service: 'highlevel' })
		.filter((request) => request.method === method)
		.map(({ body }) => body as IDataObject);

/** Table columns as HighLevel's own, mapped from the item. */
const automatic = (...ids: string[]): INodeParameters => ({
	mappingMode: 'autoMapInputData',
	value: null,
	matchingColumns: [],
	schema: ids.map((id) => ({ id, displayName: id, required: false, type: 'string' })),
});

const inNewYork: GhlRun = { timezone: 'America/New_York' };

describe('A day', () => {
	const renewal = 'contact.renewal_date';

	it('that is a number is epoch milliseconds, before 1973 as well', async () => {
		const { error } = await runGhl(
			sandbox,
			'contact:create',
			{ contactFields: automatic('firstName', 'dateOfBirth', renewal) },
			{
				...inNewYork,
				items: [1_209_600_000, 43_200_000_000, -47_433_600_000].map((dateOfBirth) => ({
					firstName: 'Nan',
					dateOfBirth,
					[renewal]: dateOfBirth,
				})),
			},
		);
		expect(error).toBeUndefined();
		const sent = ['1970-01-15', '1971-05-16', '1968-07-01'];
		expect(bodies()).toMatchObject(
			sent.map((day) => ({ dateOfBirth: day, customFields: [{ field_value: day }] })),
		);
	});

	it.each([
		642_902_400_000,
		new Date('1990-05-17T00:00:00Z') as unknown as string,
		"={{ new Date('1990-05-17') }}",
		"={{ DateTime.fromISO('1990-05-17') }}",
		"={{ '1990-05-17T00:00:00.000Z'.toDateTime() }}",
		'1990-05-17T00:00:00.000Z',
		'1990-05-17T23:30:00-07:00',
		'05/17/1990',
	])('is moved by no time zone: %s', async (dateOfBirth) => {
		const { error } = await runGhl(
			sandbox,
			'contact:update',
			{
				contactId: byId(aContact().id),
				contactFields: columns({ dateOfBirth, [renewal]: dateOfBirth }),
			},
			inNewYork,
		);
		expect(error).toBeUndefined();
		expect(bodies('PUT')).toMatchObject([
			{ dateOfBirth: '1990-05-17', customFields: [{ field_value: '1990-05-17' }] },
		]);
	});

	it.each(['2027-02-30', '31/12/1990', 'in May'])('%s is refused', async (dateOfBirth) => {
		const { error } = await runGhl(sandbox, 'contact:update', {
			contactId: byId(aContact().id),
			contactFields: columns({ dateOfBirth }),
		});
		expect(error?.message).toBe(`“${dateOfBirth}” is not a date`);
		expect(callsOf(sandbox)).toEqual([]);
	});
});

describe('A moment', () => {
	const appointment = (startTime: string) => ({
		calendarId: byId(aCalendar().id),
		contactId: byId(aContact().id),
		startTime,
		additionalFields: { ignoreFreeSlotValidation: true },
	});

	it('in the gap of a clock change goes forward', async () => {
		await runGhl(sandbox, 'appointment:create', appointment('2027-03-14T02:30'), inNewYork);
		await runGhl(
			sandbox,
			'contactTask:create',
			{ contactId: byId(aContact().id), title: 'Call', dueDate: '2027-03-14T02:30' },
			inNewYork,
		);
		expect(bodies()).toMatchObject([
			{ startTime: '2027-03-14T03:30:00-04:00' },
			{ dueDate: '2027-03-14T07:30:00Z' },
		]);
	});

	it.each(['2027-02-30', '2027-02-29T10:00', '2027-02-29T10:00:00Z'])(
		'on a day that no month has is refused: %s',
		async (startTime) => {
			const { error } = await runGhl(sandbox, 'appointment:create', appointment(startTime));
			expect(error?.message).toBe(`“${startTime}” is not a date`);
			expect(callsOf(sandbox)).toEqual([]);
		},
	);
});

describe('A year of free slots across a clock change', () => {
	it('loses no day and doubles none', async () => {
		// Half an hour a day, every day. It is in Chicago, whose clock goes back on 2027-11-07.
		const calendar = aCalendar();
		sandbox.state.calendars.set(calendar.id, {
			...calendar,
			openHours: [
				{
					daysOfTheWeek: [0, 1, 2, 3, 4, 5, 6],
					hours: [{ openHour: 0, openMinute: 0, closeHour: 0, closeMinute: 30 }],
				},
			],
		});
		const { json, error } = await runGhl(
			sandbox,
			'freeSlot:getMany',
			{
				calendarId: byId(calendar.id),
				startDate: '2027-11-07T00:00:00',
				endDate: '2028-11-07T00:00:00',
				returnAll: true,
			},
			{ timezone: 'America/Chicago' },
		);
		expect(error).toBeUndefined();
		const days = Array.from({ length: 367 }, (_, day) =>
			new Date(Date.UTC(2027, 10, 7 + day)).toISOString().slice(0, 10),
		);
		expect(json.map(({ date }) => date)).toEqual(days);
	});
});
