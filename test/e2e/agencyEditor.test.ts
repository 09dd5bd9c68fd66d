import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { clientLocationId } from '../../sandbox';
import type { ParameterQuestion } from '../../tools/n8n/client';
import { errorOf, itemsOf } from '../../tools/n8n/executions';
import type { CredentialRef } from '../../tools/n8n/workflow';
import { PROJECT } from '../../tools/paths';
import { CONTACTS, contactsWorkflow, NODE } from './support/agency';
import { Editor } from './support/browser';
import { connectAs } from './support/oauthDance';
import { EDITOR } from './support/selectors';
import { STACK_TIMEOUT_MS, startStack, type Stack } from './support/stack';
import { eventually } from './support/waiting';

const IMAGES = join(PROJECT, 'docs', 'images');
const POLLING = 'n8n-nodes-ghl-heyreach.ghlPollingTrigger';
/** More than one page of the list. */
const CLIENTS = Array.from({ length: 120 }, (_, client) => clientLocationId(client));
const [BRIGHT, CEDAR] = CLIENTS;
const CEDAR_NAME = 'Cedar Fitness (340 Larimer St, Denver, CO 80202, US)';

let stack: Stack;
let credential: CredentialRef;
beforeAll(async () => {
	stack = await startStack({ sandbox: { agency: { locations: CLIENTS.length } } });
	const { client, sandbox } = stack;
	const who = { user: 'agency', locationIds: CLIENTS } as const;
	({ credential } = await connectAs(client, sandbox, who, {}, 'GHL of the agency'));
	// One client alone has this field.
	const [field] = [...sandbox.state.customFields.values()].filter(
		({ locationId, name }) => locationId === CEDAR && name === 'Job title',
	);
	const name = 'Membership level';
	const fieldKey = 'contact.membership_level';
	sandbox.state.customFields.set('cedarMembershipLevel', {
		...field,
		id: 'cedarMembershipLevel',
		name,
		fieldKey,
	});
}, STACK_TIMEOUT_MS);
afterAll(async () => await stack?.close(), 60_000);

/** Pictures for the docs are renewed by UPDATE_SCREENSHOTS=1. */
async function keep(name: string, picture: string): Promise<void> {
	if (!process.env.UPDATE_SCREENSHOTS) return;
	await mkdir(IMAGES, { recursive: true });
	await copyFile(picture, join(IMAGES, `${name}.png`));
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** What the editor asks n8n for a parameter of a node with that Location. */
const question = (
	methodName: string,
	location: object,
	more: Partial<ParameterQuestion> = {},
): ParameterQuestion => ({
	nodeTypeAndVersion: { name: CONTACTS, version: 1 },
	methodName,
	path: 'parameters.x',
	currentNodeParameters: {
		authentication: 'oAuth2',
		resource: 'contact',
		operation: 'upsert',
		location,
	},
	credentials: { ghlOAuth2Api: credential },
	...more,
});

const NONE = { __rl: true, mode: 'list', value: '' };

describe('Asked as the editor asks', () => {
	const pick = async (...asked: Parameters<typeof question>) =>
		await stack.client.resourceLocatorResults(question(...asked));

	it('the list of locations: pages of a hundred, and a search by name', async () => {
		const pages: unknown[][] = [];
		let paginationToken: string | undefined;
		do {
			const page = await pick('searchLocations', NONE, { paginationToken });
			pages.push(page.results.map(({ value }) => value));
			({ paginationToken } = page);
		} while (paginationToken);
		// HighLevel counts the locations without the app too, so an empty page may end the list.
		expect(pages.slice(0, 2).map(({ length }) => length)).toEqual([100, 20]);
		expect(pages.flat()).toEqual(CLIENTS);
		const found = await pick('searchLocations', NONE, { filter: 'cedar' });
		expect(found.results).toMatchObject([{ name: CEDAR_NAME, value: CEDAR }]);
	});

	it('contacts and users of the location that is chosen', async () => {
		for (const locationId of [BRIGHT, CEDAR]) {
			const { contacts, users } = stack.sandbox.state;
			const there = [...contacts.values()].filter((one) => one.locationId === locationId);
			const picked = (await pick('searchContacts', byId(locationId))).results;
			expect(picked.map(({ value }) => value).sort()).toEqual(there.map(({ id }) => id).sort());
			const ofTeam = [...users.values()].filter(({ roles }) =>
				roles.locationIds.includes(locationId),
			);
			const people = (await pick('searchUsers', byId(locationId))).results;
			expect(people.map(({ value }) => value)).toEqual(ofTeam.map(({ id }) => id));
		}
	});

	it('columns of the location that is chosen, and without one those of every contact', async () => {
		const columns = async (location: object, more = {}) =>
			(
				await stack.client.resourceMapperFields(
					question('getContactColumns', location, {
						currentNodeParameters: {
							authentication: 'oAuth2',
							operation: 'upsert',
							location,
							...more,
						},
					}),
				)
			).fields.map(({ id }) => id);
		expect(await columns(byId(CEDAR))).toContain('contact.membership_level');
		const bright = await columns(byId(BRIGHT));
		expect(bright).toContain('contact.linkedin_profile');
		expect(bright).not.toContain('contact.membership_level');
		const unknown = await columns(NONE);
		expect(unknown).toContain('email');
		expect(unknown.filter((id) => id.startsWith('contact.'))).toEqual([]);
		// Those that the table has already stay.
		const schema = [{ id: 'email' }, { id: 'contact.membership_level' }];
		const kept = await columns(byId('={{ $json.location }}'), { contactFields: { schema } });
		expect(kept).toEqual([...unknown, 'contact.membership_level']);
	});

	it('lists say where to choose a location while none is known', async () => {
		await expect(pick('searchContacts', NONE)).rejects.toThrow('Choose a Location');
		await expect(pick('searchContacts', byId('={{ $json.location }}'))).rejects.toThrow(
			'its expression finds nothing',
		);
		await expect(pick('searchContacts', byId('sbxLocationUnknown01'))).rejects.toThrow(
			'not installed in the sub-account',
		);
	});

	it('the polling trigger shows contacts of the location that is chosen', async () => {
		const { client, credentials } = stack;
		const { id } = await client.importWorkflow(
			{
				name: 'Polling of an agency',
				nodes: [
					{
						id: 'trigger',
						name: 'New Contacts',
						type: POLLING,
						typeVersion: 1,
						position: [0, 0],
						parameters: {
							authentication: 'oAuth2',
							location: { ...byId(CEDAR), mode: 'list', cachedResultName: CEDAR_NAME },
							event: 'contactCreated',
						},
					},
				],
				connections: {},
			},
			{ ...credentials, ghlOAuth2Api: credential },
		);
		const execution = await client.waitForExecution(await client.run(id, 'New Contacts'));
		expect(errorOf(execution)).toBeUndefined();
		const seen = itemsOf(execution, 'New Contacts').map(({ json }) => json);
		expect(seen).toHaveLength(3);
		expect(new Set(seen.map(({ locationId }) => locationId))).toEqual(new Set([CEDAR]));
		const editor = await Editor.open(stack.n8n.url);
		try {
			await editor.openWorkflow(id);
			const picture = await editor.screenshotNode('New Contacts', 'agency-polling-trigger');
			await keep('agency-polling-trigger', picture);
		} finally {
			await editor.close();
		}
	}, 60_000);
});

describe('In the editor', () => {
	let editor: Editor;
	beforeAll(async () => {
		editor = await Editor.open(stack.n8n.url);
	}, 60_000);
	afterAll(async () => await editor?.close());

	it('a person chooses a location, and maps the fields that its contacts have', async () => {
		const { page } = editor;
		const { panel: of } = EDITOR;
		const fields = { mappingMode: 'defineBelow', value: null };
		const { id } = await stack.client.importWorkflow(
			contactsWorkflow(
				'Agency in the editor',
				{ resource: 'contact', operation: 'upsert', location: NONE, contactFields: fields },
				[{ location: CEDAR, email: 'a@example.com' }],
			),
			{ ...stack.credentials, ghlOAuth2Api: credential },
		);
		await editor.openWorkflow(id);
		const panel = await editor.openNode(NODE);
		// Without a location there are the fields that every contact has, and no error.
		await panel.getByText('Contact Fields').first().waitFor();
		const choose = async (name: string) => {
			await panel.locator(of.parameter('location')).locator(of.locatorInput).first().click();
			const row = page.locator(of.locatorItems).getByText(name).first();
			await row.waitFor();
			await page.waitForTimeout(800);
			if (name === CEDAR_NAME) await keepList();
			await row.click();
		};
		const keepList = async () =>
			await keep('agency-locations', await editor.screenshot('agency-locations', panel));
		const schema = async () => {
			const { parameters } = (await editor.nodesInStore()).find(({ name }) => name === NODE) ?? {};
			return JSON.stringify(parameters?.contactFields);
		};
		await choose(CEDAR_NAME);
		await eventually(async () => expect(await schema()).toContain('membership_level'));
		await panel.getByText('Add field to send').first().click();
		await page.getByText('Membership level').first().click();
		await panel.getByText('Membership level').first().waitFor();
		await page.waitForTimeout(500);
		await keep('agency-mapper', await editor.screenshot('agency-mapper', panel));
		await choose('Bright Dental');
		await eventually(async () => {
			const text = await schema();
			expect(text).toContain('linkedin_profile');
			expect(text).not.toContain('membership_level');
		});
		expect(editor.errors).toEqual([]);
	}, 120_000);

	it('an expression in Location leaves the table of fields as it is, whatever it gives', async () => {
		const value = { email: '={{ $json.email }}', 'contact.membership_level': 'Gold' };
		const schema = Object.keys(value).map((field) => ({
			id: field,
			displayName: field,
			type: 'string',
			required: false,
			defaultMatch: false,
			canBeUsedToMatch: false,
			display: true,
			removed: false,
		}));
		const contactFields = { mappingMode: 'defineBelow', value, matchingColumns: [], schema };
		const { id } = await stack.client.importWorkflow(
			contactsWorkflow(
				'Expression in Location',
				{
					resource: 'contact',
					operation: 'upsert',
					location: byId('={{ $json.location }}'),
					contactFields,
				},
				[{ location: CEDAR, email: 'a@example.com' }],
			),
			{ ...stack.credentials, ghlOAuth2Api: credential },
		);
		await editor.openWorkflow(id);
		const panel = await editor.openNode(NODE);
		await editor.page.waitForTimeout(1_000);
		await panel.getByText('Execute previous nodes').click();
		// The location of the first item is known from now on.
		await panel.locator(EDITOR.panel.input).getByText(CEDAR).first().waitFor();
		await editor.page.waitForTimeout(1_500);
		const { parameters } = (await editor.nodesInStore()).find(({ name }) => name === NODE) ?? {};
		expect(parameters?.contactFields).toMatchObject({ value });
		await editor.screenshot('agency-expression', panel);
		await editor.closeNode();
	}, 60_000);

	it('a list says what is missing while the expression in Location finds nothing', async () => {
		const contactId = { __rl: true, mode: 'list', value: '' };
		const { id } = await stack.client.importWorkflow(
			contactsWorkflow('No location yet', {
				resource: 'contact',
				operation: 'get',
				location: byId('={{ $json.location }}'),
				contactId,
			}),
			{ ...stack.credentials, ghlOAuth2Api: credential },
		);
		await editor.openWorkflow(id);
		const panel = await editor.openNode(NODE);
		const { parameter, locatorInput } = EDITOR.panel;
		await panel.locator(parameter('contactId')).locator(locatorInput).first().click();
		const said = editor.page.locator('[data-test-id="rlc-error-message"]').first();
		await said.filter({ hasText: 'its expression finds nothing' }).waitFor();
		await editor.screenshot('agency-no-location', panel);
		await editor.closeNode();
	}, 60_000);

	it('shows the credential of an agency', async () => {
		await editor.page.goto(stack.n8n.url + EDITOR.credential.list);
		await editor.page
			.locator(EDITOR.credential.cards)
			.getByText('GHL of the agency')
			.first()
			.click();
		const dialog = editor.page.locator(EDITOR.credential.dialog);
		await dialog.waitFor();
		await dialog.getByText('Default Location ID').first().scrollIntoViewIfNeeded();
		await editor.page.waitForTimeout(1_500);
		await keep('agency-credential', await editor.screenshot('agency-credential', dialog));
		await editor.page.keyboard.press('Escape');
	}, 60_000);
});
