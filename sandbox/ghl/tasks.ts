import type { Task } from './records';
import { checkUser, contactOf, contactRecord, route } from './route';
import type { Call, Route } from './route';
import { closed, flag, formatted, listOf, requiredText, text, wholeNumber } from './validate';

type TaskBody = Partial<Omit<Task, 'id' | 'contactId'>>;

const taskOf = (call: Call<unknown, unknown>): Task =>
	contactRecord(call, call.state.tasks, 'Task', call.params.taskId);

function saved(call: Call<TaskBody, unknown>, task: Task): object {
	checkUser(call, call.body.assignedTo);
	// It is read back with milliseconds, however it was written.
	const stored = { ...task, dueDate: new Date(task.dueDate).toISOString() };
	call.state.tasks.set(task.id, stored);
	return { task: stored };
}

const byDueDate = (a: Task, b: Task): number => a.dueDate.localeCompare(b.dueDate);

interface TaskSearch {
	contactId?: string[];
	assignedTo?: string[];
	completed?: boolean;
	query?: string;
	limit?: number;
	skip?: number;
	businessId?: string;
}

function search({ state, params, body }: Call<TaskSearch, unknown>): object {
	const { contactId, assignedTo, completed, query = '', limit = 25, skip = 0, businessId } = body;
	const found = [...state.tasks.values()].filter((task) => {
		const contact = state.contacts.get(task.contactId);
		return (
			contact?.locationId === params.locationId &&
			(contactId === undefined || contactId.includes(task.contactId)) &&
			(assignedTo === undefined || assignedTo.includes(task.assignedTo ?? '')) &&
			(completed === undefined || task.completed === completed) &&
			(businessId === undefined || contact.businessId === businessId) &&
			[task.title, task.body].join(' ').toLowerCase().includes(query.toLowerCase())
		);
	});
	return { tasks: found.sort(byDueDate).slice(skip, skip + limit) };
}

export const tasks: Route[] = [
	route({
		method: 'GET',
		path: '/contacts/:contactId/tasks',
		scope: 'contacts.readonly',
		// There is no paging.
		handle: (call) => {
			const { id } = contactOf(call);
			return {
				tasks: [...call.state.tasks.values()]
					.filter(({ contactId }) => contactId === id)
					.sort(byDueDate),
			};
		},
	}),
	route<TaskBody & Pick<Task, 'title' | 'dueDate' | 'completed'>>({
		method: 'POST',
		path: '/contacts/:contactId/tasks',
		scope: 'contacts.write',
		status: 201,
		body: closed(
			{
				title: requiredText,
				body: text,
				dueDate: formatted('iso-utc'),
				completed: flag,
				assignedTo: text,
			},
			['title', 'dueDate', 'completed'],
		),
		handle: (call) =>
			saved(call, {
				...call.body,
				id: call.state.ids.next('task'),
				contactId: contactOf(call).id,
			}),
	}),
	route({
		method: 'GET',
		path: '/contacts/:contactId/tasks/:taskId',
		scope: 'contacts.readonly',
		handle: (call) => ({ task: taskOf(call) }),
	}),
	route<TaskBody>({
		method: 'PUT',
		path: '/contacts/:contactId/tasks/:taskId',
		scope: 'contacts.write',
		body: closed({
			title: text,
			body: text,
			dueDate: formatted('iso-utc-seconds'),
			completed: flag,
			assignedTo: text,
		}),
		handle: (call) => saved(call, { ...taskOf(call), ...call.body }),
	}),
	route<{ completed: boolean }>({
		method: 'PUT',
		path: '/contacts/:contactId/tasks/:taskId/completed',
		scope: 'contacts.write',
		body: closed({ completed: flag }, ['completed']),
		handle: (call) => saved(call, { ...taskOf(call), ...call.body }),
	}),
	route({
		method: 'DELETE',
		path: '/contacts/:contactId/tasks/:taskId',
		scope: 'contacts.write',
		handle: (call) => {
			call.state.tasks.delete(taskOf(call).id);
			return { succeded: true };
		},
	}),
	route<TaskSearch>({
		method: 'POST',
		path: '/locations/:locationId/tasks/search',
		scope: 'locations/tasks.readonly',
		body: closed({
			contactId: listOf(text),
			assignedTo: listOf(text),
			completed: flag,
			query: text,
			limit: wholeNumber(1),
			skip: wholeNumber(0),
			businessId: text,
		}),
		handle: search,
	}),
];
