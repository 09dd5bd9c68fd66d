import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { SANDBOX, type LoggedRequest } from '../../sandbox';
import { ghlCredentials } from '../workflow/ghl';
import { heyReachCredentials } from '../workflow/heyReach';
import { pollWorkflow } from '../workflow/support';
import { useSandbox } from '../support/useSandbox';
import { describeOfficial } from './support/openapi';
import { validateHeyReachRequest, validateHeyReachResponse } from './support/heyReachSchemas';

const sandbox = useSandbox({});
beforeEach(() => {
	sandbox.state.tasks.clear(); // some of the seeded ones fall due
});

/** The official file calls each task of a search a list. */
const SPEC_FAULT = /^response\/tasks\/\d+: must be array$/;

function asSent({ method, path, query, headers, body }: LoggedRequest) {
	return {
		method,
		path: path.split('?')[0],
		query: query as Record<string, string>,
		headers: headers as Record<string, string>,
		body: body ?? undefined,
	};
}

describeOfficial('against the official OpenAPI files', (official) => {
	it.each(['contactCreated', 'contactUpdated', 'formSubmitted', 'surveySubmitted', 'taskDue'])(
		'%s: every request and every answer is as documented',
		async (event) => {
			const options = { includeContact: true };
			const trigger = pollWorkflow({
				node: new GhlPollingTrigger(),
				parameters: { event, minutesBefore: 60, options },
				credentials: ghlCredentials(sandbox),
			});
			await trigger.poll();
			const [contact] = [...sandbox.state.contacts.values()].filter(
				({ locationId }) => locationId === SANDBOX.locationId,
			);
			const now = new Date().toISOString();
			sandbox.state.saveContact({ ...contact, dateAdded: now, dateUpdated: now });
			const dueDate = new Date(Date.now() + 60_000).toISOString();
			const task = { id: 'sbxTask00000000000x1', contactId: contact.id, title: 'Call', dueDate };
			sandbox.state.tasks.set(task.id, { ...task, completed: false });
			const { formSubmissions, surveySubmissions } = sandbox.state;
			for (const store of [formSubmissions, surveySubmissions]) {
				const [of] = store.values();
				store.set('new', { ...of, id: 'new', createdAt: now });
			}
			expect(await trigger.poll()).toHaveLength(1);
			await trigger.sample();

			const requests = sandbox.requests.list({ service: 'highlevel' });
			expect(requests.length).toBeGreaterThanOrEqual(3);
			for (const request of requests) {
				const { method, path, status, response } = request;
				const call = { method, path: path.split('?')[0] };
				expect(official.validateRequest(asSent(request))).toEqual([]);
				const problems = official.validateResponse({ ...call, status, body: response });
				expect(problems.filter((problem) => !SPEC_FAULT.test(problem))).toEqual([]);
			}
		},
	);
});

it('asks HeyReach in the way that the facts describe', async () => {
	const trigger = pollWorkflow({
		node: new HeyReachPollingTrigger(),
		parameters: {
			events: ['lead_created', 'sender_disconnected'],
			lists: [2001],
			campaigns: [1001],
		},
		credentials: heyReachCredentials(sandbox),
	});
	await trigger.poll();
	await trigger.sample();
	const requests = sandbox.requests.list({ service: 'heyreach' });
	expect(requests.map(({ path }) => path)).toEqual([
		'/list/GetLeadsFromList',
		'/li_account/GetAll',
		'/campaign/GetLeadsFromCampaign',
		'/list/GetLeadsFromList',
		'/li_account/GetAll',
	]);
	for (const request of requests) {
		const { method, path, status, response } = request;
		expect(validateHeyReachRequest(asSent(request))).toEqual([]);
		expect(validateHeyReachResponse({ method, path, status, body: response })).toEqual([]);
	}
});
