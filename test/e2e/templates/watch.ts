import { SANDBOX } from '../../../sandbox';
import { itemsOf } from '../../../tools/n8n/executions';
import { setField, type Imported, type Rig } from './rig';

const NAME = 'watch-the-senders';
const START = 'Every 30 minutes';

export function watchTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME, (file) => setField(file, 'Your settings', 'quietDays', 0));
		await rig.tables.empty('Sender watch').catch(() => 'not there yet');
	}, 60_000);

	const run = async () => await rig.runFrom(imported.workflow, START);
	const tasks = () => {
		const { contacts, tasks: all } = rig.sandbox.state;
		const isAlert = (id: string) => contacts.get(id)?.email === 'linkedin-alerts@example.com';
		return [...all.values()]
			.filter(({ contactId }) => isAlert(contactId))
			.map(({ title, completed }) => ({ title, completed }));
	};
	const sender = (id: number) => {
		const found = rig.sandbox.state.senders.get(id);
		if (!found) throw new Error(`No sender ${id}`);
		return found;
	};
	const called = (id: number) =>
		`LinkedIn account ${sender(id).firstName} ${sender(id).lastName} (${id})`;

	it('makes one task for a disconnected account, and solves it when it is back', async () => {
		await run();
		expect(tasks()).toEqual([]);
		sender(302).authIsValid = false;
		await run();
		await run();
		const title = `Your own accounts: ${called(302)} is disconnected. Connect it again in HeyReach: until then it sends nothing.`;
		expect(tasks()).toEqual([{ title, completed: false }]);
		sender(302).authIsValid = true;
		await run();
		await run();
		const solved = `Solved: Your own accounts: ${called(302)} is back.`;
		expect(tasks()).toEqual([{ title: solved, completed: true }]);
	}, 60_000);

	it('names the client whose credential is refused, and goes on with the others', async () => {
		await rig.tables.add('Clients', [
			{ client: 'Acme', workspace: 'No such workspace' },
			{ client: 'Ourselves', location_id: SANDBOX.locationId },
		]);
		try {
			sender(301).authIsValid = false;
			await run();
			await run();
			const titles = tasks().map(({ title }) => title);
			// The two are made side by side, in any order.
			expect(titles.slice(1).sort()).toEqual([
				expect.stringMatching(/^Acme: HeyReach refuses the credential: .*“No such workspace”/),
				`Ourselves: ${called(301)} is disconnected. Connect it again in HeyReach: until then it sends nothing.`,
			]);
		} finally {
			await rig.tables.empty('Clients');
		}
	}, 60_000);

	it('tells of an account that has gone quiet, and where else a person wants it', async () => {
		const quiet = await rig.template(NAME, (file) =>
			setField(file, 'Your settings', 'alertsGoTo', 'Slack'),
		);
		const { activities, campaigns } = rig.sandbox.state;
		const kept = activities.splice(0);
		const ids = [...campaigns.values()]
			.filter(({ status }) => status === 'IN_PROGRESS')
			.flatMap(({ accountIds }) => accountIds);
		const active = [...new Set(ids)].filter((id) => sender(id).authIsValid).sort();
		const told = async () =>
			itemsOf(await rig.runFrom(quiet.workflow, START), 'Send this on').map(({ json }) =>
				String(json.message),
			);
		const first = await told();
		for (const id of active)
			expect(first.join('\n')).toMatch(`${called(id)} did nothing for 3 days`);
		expect(await told()).toEqual([]);
		activities.push({ ...kept[0], accountId: active[0], at: new Date().toISOString() });
		expect(await told()).toEqual([
			`Solved: Your own accounts: ${called(active[0])} is active again.`,
		]);
	}, 60_000);

	it('says nothing of a service that is down for a moment, and tells of a refused credential', async () => {
		rig.sandbox.faults.add({ kind: 'status', service: 'heyreach', status: 500, times: 20 });
		const before = tasks();
		await run();
		rig.sandbox.faults.clear();
		expect(tasks()).toEqual(before);
		rig.sandbox.faults.add({
			kind: 'status',
			service: 'heyreach',
			status: 401,
			path: '/li_account/GetAll',
		});
		await run();
		await run();
		expect(tasks().slice(before.length)).toEqual([
			{ title: 'Solved: Your own accounts: HeyReach takes the credential again.', completed: true },
		]);
	}, 60_000);
}
