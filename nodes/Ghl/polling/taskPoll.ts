import type { IDataObject } from 'n8n-workflow';
import { ApiFault } from '../../engine/call/errors';
import { isObject, rowsOf } from '../../engine/values';
import type { Answer, Call } from '../../engine/operation';
import { lacksList } from '../../engine/call/paginate';
import { SAMPLES, type Poll, type PollTime } from '../../engine/poll';
import { beginDue, idOf, readDueTasks, type DueReading, type DueState } from './dueTasks';
import type { ContactShape } from './simpleContacts';
import type { PollingSettings } from './settings';

/** HighLevel documents 25 as the default and no maximum (docs/apis/highlevel.md#notes-tasks-and-appointments-of-a-contact). */
const PAGE = 100;

/** Polls for tasks that fall due. */
export function taskPoll(
	settings: PollingSettings,
	locationId: string,
	send: (call: Call) => Promise<Answer>,
	shape: ContactShape,
): Poll<DueState> {
	const { filters } = settings;
	const readTasks = async (skip: number, limit: number): Promise<IDataObject[]> => {
		const { assignedTo } = filters;
		const answer = await send({
			method: 'POST',
			template: '/locations/{locationId}/tasks/search',
			path: `/locations/${encodeURIComponent(locationId)}/tasks/search`,
			body: { completed: false, limit, skip, ...(assignedTo && { assignedTo: [assignedTo] }) },
			repeatable: true,
			scope: 'locations/tasks.readonly',
			lacks: lacksList('tasks', skip),
		});
		return rowsOf(answer.body, 'tasks');
	};
	const output = async (task: IDataObject, time: PollTime): Promise<IDataObject> => {
		const { contactId } = task;
		const known = { event: 'taskDue', contactId, ...task, id: idOf(task) };
		if (!settings.includeContact || typeof contactId !== 'string') return known;
		const contact = await readContact(contactId, send);
		return { ...known, contact: contact && (await shape(contact, time)) };
	};
	const reading = (time: PollTime): DueReading => ({
		leadMs: settings.leadMs,
		now: () => Date.now(),
		read: async (skip) => await time.within(async () => await readTasks(skip, PAGE)),
		output: async (task) => await time.within(async () => await output(task, time)),
	});

	return {
		subject: ['taskDue', locationId, filters],
		format: 1,
		begin: async (time) => {
			await time.within(async () => await readTasks(0, 1));
			return beginDue(Date.now());
		},
		resume: async (state, time) => {
			const read = await readDueTasks(state, reading(time));
			return { state: read.state, items: read.found };
		},
		sample: async (time) => {
			const tasks = (await time.within(async () => await readTasks(0, SAMPLES))) ?? [];
			return await Promise.all(tasks.map(async (task) => await output(task, time)));
		},
	};
}

/** `null` for a contact that is gone. */
async function readContact(
	contactId: string,
	send: (call: Call) => Promise<Answer>,
): Promise<IDataObject | null> {
	const call: Call = {
		method: 'GET',
		template: '/contacts/{contactId}',
		path: `/contacts/${encodeURIComponent(contactId)}`,
		repeatable: true,
		scope: 'contacts.readonly',
	};
	const answer = await send(call).catch((error: unknown) => {
		if (error instanceof ApiFault && error.problem.missing) return undefined;
		throw error;
	});
	const body = answer?.body;
	return isObject(body) && isObject(body.contact) ? (body.contact as IDataObject) : null;
}
