import { SANDBOX, type FaultRequest } from '../../../sandbox';
import { itemsOf } from '../../../tools/n8n/executions';
import type { StoredWorkflow, WorkflowFile } from '../../../tools/n8n/workflow';
import { readTemplate, type Rig } from './rig';

const NAME = 'set-up-and-check-the-connection';
const FIELDS = ['LinkedIn profile', 'LinkedIn member id', 'Job title'];

interface Line {
	check: string;
	ok: boolean;
	what: string;
	whatToDo: string;
}

export function setUpTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let workflow: StoredWorkflow;

	/** Imports the template for the sandbox, as somebody would who has these secrets. */
	const withSecrets = async (
		secrets: { token?: string; locationId?: string; key?: string },
		change?: (template: WorkflowFile) => void,
	) => {
		const { client, credentials, sandbox } = rig;
		const template = await readTemplate(NAME);
		change?.(template);
		const save = async (type: string, data: Record<string, unknown>) => {
			const { id } = await client.saveCredential({ name: 'Of the check', type, data });
			return { id, name: 'Of the check' };
		};
		const { token, locationId = SANDBOX.locationId, key } = secrets;
		return await client.importWorkflow(template, {
			...credentials,
			...(token !== undefined && {
				ghlPrivateIntegrationApi: await save('ghlPrivateIntegrationApi', {
					token,
					locationId,
					baseUrl: sandbox.ghlUrl,
				}),
			}),
			...(key !== undefined && {
				heyReachApi: await save('heyReachApi', { apiKey: key, baseUrl: sandbox.heyReachUrl }),
			}),
		});
	};

	/** Runs the check: its report, its summary, and the checks that failed. */
	const check = async (checked = workflow) => {
		const execution = await rig.runFrom(checked, 'Start the check');
		const report = itemsOf(execution, 'Report').map(({ json }) => json as Partial<Line> as Line);
		const message = String(itemsOf(execution, 'Summary')[0]?.json.message);
		const failed = report.filter(({ ok, what }) => !ok && !what.startsWith('Not tried'));
		return { report, message, failed };
	};

	const contacts = () => structuredClone([...rig.sandbox.state.contacts.values()]);
	const fields = () =>
		[...rig.sandbox.state.customFields.values()]
			.filter(({ locationId }) => locationId === SANDBOX.locationId)
			.map(({ name }) => name);
	const forgetFields = () => {
		const { customFields } = rig.sandbox.state;
		for (const [id, { name }] of customFields) if (FIELDS.includes(name)) customFields.delete(id);
	};
	const fault = (more: Partial<FaultRequest>) =>
		rig.sandbox.faults.add({ kind: 'scopeRemoved', service: 'highlevel', ...more });

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		workflow = await withSecrets({});
	}, 60_000);
	beforeEach(() => rig.sandbox.reset());

	it('creates what is missing, finds that all works, and leaves no test contact', async () => {
		forgetFields();
		const before = contacts();
		const tags = [...rig.sandbox.state.locationTags.keys()];
		const { report, message } = await check();
		expect(report.filter(({ ok }) => !ok)).toEqual([]);
		expect(message).toBe('Everything works: 20 checks.');
		const limit = report.find((line) => line.check === 'HighLevel: calls that are left');
		expect(limit?.what).toMatch(/^\d+ of 100 calls are left in these 10 seconds, 199\d+ of 200000/);
		expect(contacts()).toEqual(before);
		expect([...rig.sandbox.state.locationTags.keys()]).toEqual(tags);
		expect(fields()).toEqual(expect.arrayContaining(FIELDS));
		// A contact was really written, tagged and deleted.
		const calls = rig.sandbox.requests.list({ service: 'highlevel' });
		const made = calls.map(({ method, path }) => `${method} ${path.replace(/\w{20}/, ':id')}`);
		for (const call of ['PUT', 'POST', 'DELETE'])
			expect(made.filter((one) => one.startsWith(`${call} /contacts/`)).length).toBeGreaterThan(0);
	}, 60_000);

	it('creates nothing twice', async () => {
		const now = async () => ({
			fields: fields(),
			contacts: contacts(),
			tables: (await rig.tables.all()).map(({ id, name }) => [id, name]),
		});
		const before = await now();
		const runs = (await rig.client.executions(workflow.id)).length;
		expect((await check()).failed).toEqual([]);
		expect(await now()).toEqual(before);
		// The sub-workflow that creates the tables leaves no run of its own.
		expect(await rig.client.executions(workflow.id)).toHaveLength(runs + 1);
	}, 60_000);

	it('says that n8n does not create a table, and goes on', async () => {
		const unknownType = await withSecrets({}, ({ nodes }) => {
			const { parameters } = nodes.find(({ name }) => name === 'What is needed') ?? {};
			if (!parameters) throw new Error('There is no list.');
			parameters.jsCode = String(parameters.jsCode).replace(
				'const TABLES = {',
				"const TABLES = {\n\t'Wrong columns': 'no spaces allowed',",
			);
		});
		const { failed, message } = await check(unknownType);
		expect(failed.map(({ check: name }) => name)).toEqual(['n8n: Data Tables']);
		expect(message).toMatch(/The Data Tables could not be created: \w+/);
	}, 60_000);

	it('names each scope that the token lacks, and what to do', async () => {
		forgetFields();
		const before = contacts();
		const { failed, message } = await check(await withSecrets({ token: SANDBOX.readOnlyToken }));
		expect(failed.map(({ what }) => what)).toEqual([
			'The token lacks the scope locations/customFields.readonly.',
			'The token lacks the scope businesses.readonly.',
			'The token lacks the scope opportunities.readonly.',
			'The token lacks the scope locations/tasks.readonly.',
			'The token lacks the scope contacts.write.',
		]);
		for (const { whatToDo } of failed) expect(whatToDo).toContain('Private Integrations');
		expect(message).toContain('5 of 20 checks failed.\n1. The token lacks the scope');
		expect(contacts()).toEqual(before);
	}, 60_000);

	it('tells a token and a key that are wrong, and a credential without a location', async () => {
		const wrong = await check(await withSecrets({ token: 'pit-wrong', key: 'wrong' }));
		expect(wrong.message).toContain('HighLevel does not accept the token.');
		expect(wrong.message).toContain('HeyReach');
		expect(new Set(wrong.failed.map(({ what }) => what)).size).toBe(2);
		const { failed } = await check(
			await withSecrets({ token: SANDBOX.privateToken, locationId: '' }),
		);
		expect(failed[0].what).toContain('no Location ID');
		expect(failed.some(({ check: name }) => name.startsWith('HeyReach'))).toBe(false);
	}, 60_000);

	it('says which fields are missing when it cannot create them', async () => {
		forgetFields();
		fault({ method: 'POST', path: '/customFields', times: 3 });
		const { failed } = await check();
		expect(failed[0].what).toContain(`no custom field ${FIELDS.join(', ')}`);
		expect(failed[0].what).toContain('locations/customFields.write');
		expect(failed[1].check).toBe('HighLevel: update a contact');
	}, 60_000);

	it('deletes the test contact although steps before fail, and one that was left', async () => {
		const before = contacts();
		fault({ kind: 'status', status: 500, method: 'PUT', path: '^/contacts/', times: 9 });
		fault({ path: '/tags$', method: 'POST', times: 9 });
		fault({ kind: 'status', status: 500, method: 'DELETE', path: '^/contacts/', times: 9 });
		const { failed, message } = await check();
		expect(failed.map(({ check: name }) => name)).toEqual([
			'HighLevel: update a contact',
			'HighLevel: tag a contact',
			'HighLevel: the test contact is deleted',
		]);
		expect(message).toContain('n8n-connection-check@example.com');
		expect(contacts()).toHaveLength(before.length + 1);
		rig.sandbox.faults.clear();
		expect((await check()).failed).toEqual([]);
		expect(contacts()).toEqual(before);
	}, 60_000);
}
