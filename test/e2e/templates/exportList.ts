import { errorOf } from '../../../tools/n8n/executions';
import { SANDBOX } from '../../../sandbox';
import { VISITOR, expectRefused, formUrl, giveName, submit } from './forms';
import { setField, type Imported, type Rig } from './rig';

const NAME = 'export-ghl-contacts-to-a-heyreach-list';
const SKIPPED = 'Export to HeyReach skipped';

export function exportTemplate(getRig: () => Rig): void {
	let rig: Rig;
	let imported: Imported;
	let off: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		rig = getRig();
		rig.sandbox.reset();
		imported = await rig.template(NAME, (file) => {
			setField(file, 'Your settings', 'business', business().name);
			setField(file, 'Your settings', 'list', 'From HighLevel');
		});
		off = await rig.on(imported.workflow);
	}, 60_000);

	afterAll(async () => await off?.());

	const { locationId } = SANDBOX;
	const business = () => [...rig.sandbox.state.businesses.values()][0];
	const members = () =>
		[...rig.sandbox.state.contacts.values()].filter(
			(contact) => contact.businessId === business().id && contact.locationId === locationId,
		);
	const profileField = () =>
		[...rig.sandbox.state.customFields.values()].find(({ name }) => name === 'LinkedIn profile')
			?.id;
	const profileOf = (contact: ReturnType<typeof members>[number]) =>
		contact.customFields.find(({ id }) => id === profileField())?.value;
	const list = (name: string) =>
		[...rig.sandbox.state.lists.values()].find((one) => one.name === name);

	/** What a run says whose settings are wrong. */
	async function faultWith(field: string, value: string): Promise<string> {
		const { workflow } = await rig.template(NAME, (file) => {
			setField(file, 'Your settings', 'business', business().name);
			setField(file, 'Your settings', field, value);
		});
		const { id } = workflow;
		const run = await rig.client.waitForExecution(await rig.client.run(id, 'Every Monday at 6'));
		return errorOf(run)?.message ?? '';
	}

	it('exports one business into a list that it creates, and says who was skipped', async () => {
		const before = structuredClone([...rig.sandbox.state.contacts.values()]);
		await rig.runFrom(imported.workflow, 'Every Monday at 6');
		const made = list('From HighLevel');
		const wanted = members().filter(profileOf);
		expect(wanted.length).toBeGreaterThan(0);
		expect(made?.members.length).toBe(wanted.length);
		for (const contact of wanted) {
			const lead = [...rig.sandbox.state.leads.values()].find(
				({ profileUrl }) => profileUrl.replace(/\/*$/, '/') === profileOf(contact),
			);
			expect(lead?.customFields).toEqual(
				expect.arrayContaining([
					{ name: 'contactId', value: contact.id },
					{ name: 'businessId', value: business().id },
				]),
			);
		}
		const skipped = (await rig.tables.rows(SKIPPED)).map(({ contactId }) => contactId);
		expect(skipped.sort()).toEqual(
			members()
				.filter((one) => !profileOf(one))
				.map(({ id }) => id)
				.sort(),
		);
		expect([...rig.sandbox.state.contacts.values()]).toEqual(before);
	}, 60_000);

	it('changes nothing the second time', async () => {
		const snapshot = async () =>
			structuredClone({
				leads: [...rig.sandbox.state.leads.values()],
				lists: [...rig.sandbox.state.lists.values()],
				skipped: (await rig.tables.rows(SKIPPED)).map(({ contactId }) => contactId),
			});
		const before = await snapshot();
		await rig.runFrom(imported.workflow, 'Every Monday at 6');
		expect(await snapshot()).toEqual(before);
	}, 60_000);

	it.each([
		['business', 'Acmee', 'HighLevel has no business named "Acmee"'],
		['list', ' ', 'Your settings: list is empty'],
	])('says that %s is “%s”, and changes nothing', async (field, value, said) => {
		const lists = rig.sandbox.state.lists.size;
		const fault = await faultWith(field, value);
		expect(fault).toContain(said);
		expect(rig.sandbox.state.lists.size).toBe(lists);
	});

	it('says so where no contact has the custom field that is named', async () => {
		const fault = await faultWith('linkedInField', 'LinkedIn profil');
		expect(fault).toContain('has a value in the custom field "LinkedIn profil"');
	});

	it('refuses an anonymous visitor', async () => {
		await expectRefused(rig, 'export-to-heyreach', imported.workflow.id);
	});

	it('lets somebody with the password choose all contacts and a list', async () => {
		await rig.visit(async (page) => {
			await page.goto(formUrl(rig, 'export-to-heyreach'));
			await giveName(page);
			await submit(page);
			const choices = page.locator('select');
			await choices.nth(0).waitFor();
			await choices.nth(0).selectOption('All contacts');
			await choices.nth(1).selectOption('From HighLevel');
			await submit(page);
			await page.getByText('contacts are in the list').waitFor({ timeout: 120_000 });
			const everybody = [...rig.sandbox.state.contacts.values()].filter(
				(one) => one.locationId === locationId && profileOf(one),
			);
			const made = list('From HighLevel');
			expect(made?.members.length).toBe(everybody.length);
			const audit = await rig.tables.rows('Audit trail');
			expect(audit.at(-1)?.who).toBe(VISITOR);
		});
	}, 120_000);
}
