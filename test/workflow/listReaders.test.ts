import type { INodeType } from 'n8n-workflow';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { HeyReach } from '../../nodes/HeyReach/HeyReach.node';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { SANDBOX, type FaultRequest } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { byId, ghlCredentials, runGhl } from './ghl';
import { heyReachCredentials } from './heyReach';
import { loadOptionsFunctions, pollWorkflow, useScaledTime } from './support';

/** Who reads a page of a list without the engine's pages: pickers and polling triggers. */

useScaledTime(50, { clock: false });
const sandbox = useSandbox();

const NOT_WHOLE = /did not return everything/;
const SPOILED: Array<Pick<FaultRequest, 'kind' | 'body'>> = [
	{ kind: 'keyless', body: {} },
	{ kind: 'keyless', body: null },
	{ kind: 'keyless', body: '' },
];
const WITH_TOTAL = [...SPOILED, { kind: 'emptyPage' } as const];

const credentials = () => ({
	ghl: ghlCredentials(sandbox),
	heyReach: heyReachCredentials(sandbox),
});

describe.each(WITH_TOTAL)('an answer of the kind $kind with the body $body', (fault) => {
	it.each([
		['ghl', 'searchContacts', '/contacts/search$'],
		['ghl', 'searchCustomFields', '/customFields$'],
		['heyReach', 'searchCampaigns', '/campaign/GetAll$'],
	] as const)(
		'to the picker of %s, %s, is asked for again, then an error',
		async (at, name, path) => {
			if (fault.kind === 'emptyPage' && name === 'searchCustomFields') return; // names no total
			const node: INodeType = at === 'ghl' ? new GhlContacts() : new HeyReach();
			const search = async () => {
				const context = loadOptionsFunctions({ node, credentials: credentials()[at] });
				return await context.call(node.methods?.listSearch?.[name]);
			};
			const whole = await search();
			expect(whole.results.length).toBeGreaterThan(0);
			sandbox.faults.add({ ...fault, path });
			expect(await search()).toEqual(whole);
			sandbox.faults.add({ ...fault, path, times: 4 });
			await expect(search()).rejects.toThrow(NOT_WHOLE);
		},
	);

	it('makes no lead new that was there before', async () => {
		const trigger = pollWorkflow({
			node: new HeyReachPollingTrigger(),
			parameters: { events: ['lead_created', 'lead_updated'], lists: [2001] },
			credentials: credentials().heyReach,
		});
		await trigger.poll();
		sandbox.faults.add({ ...fault, path: 'GetLeadsFromList' });
		expect(await trigger.poll()).toEqual([]);
		sandbox.faults.add({ ...fault, path: 'GetLeadsFromList', times: 4 });
		await expect(trigger.poll()).rejects.toThrow(NOT_WHOLE);
		expect(await trigger.poll()).toEqual([]);
		expect(await trigger.poll()).toEqual([]);
	});

	it('lets the poll of contacts lose none', async () => {
		const trigger = pollWorkflow({
			node: new GhlPollingTrigger(),
			parameters: { event: 'contactCreated' },
			credentials: credentials().ghl,
		});
		await trigger.poll();
		const [model] = [...sandbox.state.contacts.values()].filter(
			({ locationId }) => locationId === SANDBOX.locationId,
		);
		const now = new Date(Date.now() + 1).toISOString();
		const id = sandbox.state.ids.next('contact');
		sandbox.state.saveContact({ ...model, id, dateAdded: now, dateUpdated: now }, 0);
		sandbox.faults.add({ ...fault, path: '/contacts/search$', times: 4 });
		await expect(trigger.poll()).rejects.toThrow(NOT_WHOLE);
		expect((await trigger.poll()).map((item) => item.id)).toEqual([id]);
	});
});

describe('one record that was asked for', () => {
	const contactId = () => byId([...sandbox.state.contacts.keys()][0]);
	const path = '/contacts/[^/]+$';

	it.each(SPOILED)('an answer without it is asked for again (body $body)', async (fault) => {
		sandbox.faults.add({ path, ...fault, times: 2 });
		const { json, error } = await runGhl(sandbox, 'contact:get', { contactId: contactId() });
		expect(error).toBeUndefined();
		expect(json[0].id).toBe(contactId().value);
	});

	it.each(SPOILED)('it is an error where none ever holds it (body $body)', async (fault) => {
		sandbox.faults.add({ path, ...fault, times: 9 });
		const { error } = await runGhl(sandbox, 'contact:get', { contactId: contactId() });
		expect(error?.message).toMatch(NOT_WHOLE);
	});

	it('is taken where it stands alone, without its key', async () => {
		const body = { id: contactId().value, firstName: 'Ann' };
		sandbox.faults.add({ path, kind: 'status', status: 200, body });
		const { json } = await runGhl(sandbox, 'contact:get', { contactId: contactId() });
		expect(json[0]).toMatchObject(body);
	});
});
