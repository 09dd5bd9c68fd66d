import type { HighLevel } from '@gohighlevel/api-client';
import type { IDataObject } from 'n8n-workflow';
import { ghlResources } from '../../nodes/Ghl/resources';
import { SANDBOX, startSandbox, type LoggedRequest, type Sandbox } from '../../sandbox';
import { ghlExamples } from '../examples/ghlContacts';
import { runGhl } from '../workflow/ghl';
import { describeOfficial } from './support/openapi';
import { officialSdk } from './support/sdk';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ burst: { max: 100_000, intervalMs: 10_000 } });
});
afterAll(async () => await sandbox.close());
beforeEach(() => sandbox.reset());

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		operation,
	})),
);

/** Runs an operation's example and returns all that went over the wire, look-ups included. */
async function wireOf(key: string): Promise<LoggedRequest[]> {
	const { error } = await runGhl(sandbox, key, ghlExamples[key](sandbox));
	expect(error).toBeUndefined();
	return sandbox.requests.list({ service: 'highlevel' });
}

describeOfficial('against the official OpenAPI files', (official) => {
	it.each(operations)('$key: every request and every answer is as documented', async ({ key }) => {
		for (const { method, path, query, headers, body, status, response } of await wireOf(key)) {
			const call = { method, path: path.split('?')[0] };
			const request = {
				...call,
				query: query as Record<string, string>,
				headers: headers as Record<string, string>,
				body: body ?? undefined,
			};
			expect(official.validateRequest(request)).toEqual([]);
			expect(official.validateResponse({ ...call, status, body: response })).toEqual([]);
		}
	});

	it.each(operations)(
		'$key: calls the documented path, scope and Version',
		async ({ key, operation }) => {
			const documented = official.operation(
				operation.request.method,
				operation.request.path.replace(/\{\w+\}/g, 'x'),
			);
			expect(documented?.path.replace(/\{\w+\}/g, '{}')).toBe(
				operation.request.path.replace(/\{\w+\}/g, '{}'),
			);
			const own = (await wireOf(key)).find(({ method }) => method === operation.request.method);
			expect(own?.headers).toMatchObject({ version: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
		},
	);
});

type Params = {
	/** The parts of the path, in order. */
	ids: string[];
	id: string;
	contactId: string;
	locationId: string;
	query: IDataObject;
	body: IDataObject;
};

/** The SDK's method for each operation. */
const SDK: Record<string, (sdk: HighLevel, params: Params) => Promise<unknown>> = {
	'contact:create': async ({ contacts }, { body }) => await contacts.createContact(body as never),
	'contact:upsert': async ({ contacts }, { body }) => await contacts.upsertContact(body as never),
	'contact:delete': async ({ contacts }, { contactId }) =>
		await contacts.deleteContact({ contactId }),
	'contact:getManyByBusiness': async ({ contacts }, { id, query }) =>
		await contacts.getContactsByBusinessId({ businessId: id, ...query } as never),
	'contact:list': async ({ contacts }, { query }) => await contacts.getContacts(query as never),
	'contactNote:create': async ({ contacts }, { contactId, body }) =>
		await contacts.createNote({ contactId }, body as never),
	'contactNote:delete': async ({ contacts }, { ids: [contactId, id] }) =>
		await contacts.deleteNote({ contactId, id }),
	'contactNote:get': async ({ contacts }, { ids: [contactId, id] }) =>
		await contacts.getNote({ contactId, id }),
	'contactNote:getMany': async ({ contacts }, { contactId }) =>
		await contacts.getAllNotes({ contactId }),
	'contactNote:update': async ({ contacts }, { ids: [contactId, id], body }) =>
		await contacts.updateNote({ contactId, id }, body as never),
	'contactTask:complete': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTaskCompleted({ contactId, taskId }, body as never),
	'contactTask:create': async ({ contacts }, { contactId, body }) =>
		await contacts.createTask({ contactId }, body as never),
	'contactTask:delete': async ({ contacts }, { ids: [contactId, taskId] }) =>
		await contacts.deleteTask({ contactId, taskId }),
	'contactTask:get': async ({ contacts }, { ids: [contactId, taskId] }) =>
		await contacts.getTask({ contactId, taskId }),
	'contactTask:getMany': async ({ contacts }, { contactId }) =>
		await contacts.getAllTasks({ contactId }),
	'contactTask:reopen': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTaskCompleted({ contactId, taskId }, body as never),
	'contactTask:update': async ({ contacts }, { ids: [contactId, taskId], body }) =>
		await contacts.updateTask({ contactId, taskId }, body as never),
	'appointment:create': async ({ calendars }, { body }) =>
		await calendars.createAppointment(body as never),
	'appointment:delete': async ({ calendars }, { id }) =>
		await calendars.deleteEvent({ eventId: id }, {} as never),
	'appointment:get': async ({ calendars }, { id }) =>
		await calendars.getAppointment({ eventId: id }),
	'appointment:getManyForContact': async ({ contacts }, { contactId }) =>
		await contacts.getAppointmentsForContact({ contactId }),
	'appointment:update': async ({ calendars }, { id, body }) =>
		await calendars.editAppointment({ eventId: id }, body as never),
	'business:create': async ({ businesses }, { body }) =>
		await businesses.createBusiness(body as never),
	'business:delete': async ({ businesses }, { id }) =>
		await businesses.deleteBusiness({ businessId: id }),
	'business:get': async ({ businesses }, { id }) =>
		await businesses.getBusiness({ businessId: id }),
	'business:getMany': async ({ businesses }, { query }) =>
		await businesses.getBusinessesByLocation(query as never),
	'business:update': async ({ businesses }, { id, body }) =>
		await businesses.updateBusiness({ businessId: id }, body as never),
	'contact:findDuplicate': async ({ contacts }, { query }) =>
		await contacts.getDuplicateContact(query as never),
	'contact:get': async ({ contacts }, { contactId }) => await contacts.getContact({ contactId }),
	'contact:getMany': async ({ contacts }, { body }) =>
		await contacts.searchContactsAdvanced(body as never),
	'contact:update': async ({ contacts }, { contactId, body }) =>
		await contacts.updateContact({ contactId }, body as never),
	'contactTag:add': async ({ contacts }, { contactId, body }) =>
		await contacts.addTags({ contactId }, body as never),
	'contactTag:remove': async ({ contacts }, { contactId, body }) =>
		await contacts.removeTags({ contactId }, body as never),
	'customField:create': async ({ locations }, { locationId, body }) =>
		await locations.createCustomField({ locationId }, body as never),
	'customField:getMany': async ({ locations }, { locationId, query }) =>
		await locations.getCustomFields({ locationId, ...query } as never),
};

describe('against the official SDK', () => {
	it.each(operations)(
		'$key: the same call on the wire, and the same answer',
		async ({ key, operation }) => {
			const pattern = new RegExp(`^${operation.request.path.replace(/\{\w+\}/g, '([^/]+)')}$`);
			const own = (await wireOf(key)).find(
				({ method, path }) => method === operation.request.method && pattern.test(path),
			);
			if (!own) throw new Error('The node did not make its own call');
			const ids = (pattern.exec(own.path) ?? []).slice(1);
			const id = ids[0] ?? '';

			sandbox.reset();
			const { sdk, last } = officialSdk(sandbox.ghlUrl, SANDBOX.privateToken);
			await SDK[key](sdk, {
				ids,
				id,
				contactId: id,
				locationId: id,
				query: (own.query ?? {}) as IDataObject,
				body: (own.body ?? {}) as IDataObject,
			});
			const wire = last();
			expect({ method: wire.method, path: wire.path }).toEqual({
				method: own.method,
				path: own.path,
			});
			expect(Object.fromEntries(new URLSearchParams(wire.query))).toEqual(own.query ?? {});
			expect(bodyOf(wire.body)).toEqual(bodyOf(own.body));
			const theirs = sandbox.requests.list({ service: 'highlevel' }).at(-1);
			expect(theirs?.status).toBe(own.status);
			expect(timeless(theirs?.response, own.method)).toEqual(timeless(own.response, own.method));
		},
	);
});

/** n8n sends no empty body, where the SDK sends `{}`. */
const bodyOf = (body: unknown) => (Object.keys(body ?? {}).length > 0 ? body : null);

const VARYING = [
	'createdAt',
	'updatedAt',
	'dateAdded',
	'dateUpdated',
	'traceId',
	'searchAfter',
	'lastActivity',
];

/** Two runs differ in their times, their trace ids and, on a POST, the ids of what they made. */
function timeless(body: unknown, method: string): unknown {
	const varying = method === 'POST' ? [...VARYING, 'id'] : VARYING;
	return JSON.parse(
		JSON.stringify(body, (key, value: unknown) => (varying.includes(key) ? undefined : value)),
	);
}
