import { setTimeout as wait } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node';
import { SANDBOX } from '../../sandbox';
import { judge } from '../unit/polling/contactWorld';
import { useSandbox } from '../support/useSandbox';
import { byId, callsOf, ghlCredentials } from './ghl';
import { pollWorkflow } from './support';

const sandbox = useSandbox();
const node = new GhlPollingTrigger();

const trigger = (parameters: INodeParameters = {}, staticData = {}) =>
	pollWorkflow({
		node,
		parameters: { event: 'formSubmitted', options: { lagSeconds: 1 }, ...parameters },
		credentials: ghlCredentials(sandbox),
		staticData,
	});
const ids = (items: object[]) => items.map((item) => (item as { id?: unknown }).id);
const aForm = (number = 0) => [...sandbox.state.forms.keys()][number];

/** A person fills in a form; gives the id of the submission. */
function submit(more: object = {}, store = sandbox.state.formSubmissions): string {
	const [contactId] = sandbox.state.contacts.keys();
	const id = sandbox.state.ids.next('submission');
	const { locationId } = SANDBOX;
	const createdAt = new Date().toISOString();
	const filled = { contactId, name: 'Ada', email: 'ada@example.com', others: { city: 'Austin' } };
	store.set(id, { id, locationId, formId: aForm(), createdAt, ...filled, ...more });
	return id;
}

it('starts from now, and puts out a new submission once', async () => {
	const poll = trigger();
	expect(await poll.poll()).toEqual([]); // not one of those that are there
	const id = submit();
	const [item, ...rest] = await poll.poll();
	expect(rest).toEqual([]);
	expect(item).toMatchObject({
		event: 'formSubmitted',
		id,
		contactId: [...sandbox.state.contacts.keys()][0],
		formId: aForm(),
		others: { city: 'Austin' },
	});
	expect(await poll.poll()).toEqual([]);
	poll.restart();
	expect(await poll.poll()).toEqual([]);
});

it('puts out surveys too', async () => {
	const poll = trigger({ event: 'surveySubmitted' });
	await poll.poll();
	const survey = [...sandbox.state.surveys.keys()][0];
	submit(); // of a form
	const id = submit({ formId: survey }, sandbox.state.surveySubmissions);
	expect(await poll.poll()).toMatchObject([{ event: 'surveySubmitted', id, surveyId: survey }]);
});

it('puts out submissions of the chosen form alone, and begins anew with another', async () => {
	const staticData = {};
	const poll = trigger({ formId: byId(aForm(1)) }, staticData);
	await poll.poll();
	submit();
	const id = submit({ formId: aForm(1) });
	expect(ids(await poll.poll())).toEqual([id]);
	submit({ formId: aForm(2) });
	const other = trigger({ formId: byId(aForm(2)) }, staticData);
	expect(await other.poll()).toEqual([]);
});

it('puts out more than a page at once, and then asks for one page again', async () => {
	const poll = trigger();
	await poll.poll();
	const made = Array.from({ length: 450 }, () => submit());
	expect(ids(await poll.poll()).sort()).toEqual(made.sort());
	await wait(2_100); // they are older than the look-back now
	expect(await poll.poll()).toEqual([]);
	sandbox.requests.clear();
	expect(await poll.poll()).toEqual([]);
	expect(callsOf(sandbox)).toHaveLength(1);
	expect(poll.stored()).toBeLessThan(2_000);
});

it('loses nothing to a poll that fails, and takes no answer without a list for none', async () => {
	const poll = trigger();
	await poll.poll();
	const id = submit();
	const path = '^/forms/submissions$';
	sandbox.faults.add({ kind: 'status', status: 403, body: '{}', path });
	await expect(poll.poll()).rejects.toThrow();
	expect(ids(await poll.poll())).toEqual([id]);
});

it('keeps the promise: many submissions, shown late, failures and restarts', async () => {
	const poll = trigger();
	await poll.poll();
	const outcome = {
		edits: [] as Array<{ contact: string; at: number }>,
		out: [] as string[],
		passes: [] as Array<{ began: number; ended: number }>,
		largestMemory: 0,
		rounds: 0,
	};
	let submitting = true;
	const people = (async () => {
		for (let n = 0; n < 300; n++) {
			const at = Date.now();
			// Written down later than it is stamped, as an index does.
			const late = wait(Math.random() * 300).then(() => {
				const contact = submit({ createdAt: new Date(at).toISOString() });
				outcome.edits.push({ contact, at });
			});
			await wait(Math.random() * 15);
			if (n === 299) await late;
		}
		await wait(310);
		submitting = false;
	})();
	for (let still = 0; still < 2; outcome.rounds++) {
		await wait(20 + Math.random() * 150);
		if (outcome.rounds % 4 === 1)
			sandbox.faults.add({ kind: 'status', status: 500, path: '/forms/submissions' });
		if (outcome.rounds % 5 === 2) poll.restart();
		const found = await poll.poll().catch(() => undefined);
		if (!found) continue;
		for (const { id, createdAt } of found)
			outcome.out.push(`${String(id)}@${Date.parse(String(createdAt))}`);
		still = !submitting && found.length === 0 ? still + 1 : 0;
	}
	await people;
	expect(outcome.edits).toHaveLength(300);
	expect(judge(outcome, 310)).toEqual({ lost: [], repeated: 0, invented: [] });
}, 60_000);

it('shows the latest ones in a test run', async () => {
	const id = submit();
	const sample = await trigger().sample();
	expect(sample).toHaveLength(3);
	expect(sample[0]).toMatchObject({ id, event: 'formSubmitted' });
});
