import fc from 'fast-check';
import type { IDataObject, INodePropertyCollection } from 'n8n-workflow';
import { HeyReachApi } from '../../../credentials/HeyReachApi.credentials';
import { HeyReach } from '../../../nodes/HeyReach/HeyReach.node';
import { HeyReachPollingTrigger } from '../../../nodes/HeyReach/HeyReachPollingTrigger.node';
import { HeyReachTrigger } from '../../../nodes/HeyReach/HeyReachTrigger.node';
import {
	chosenWorkspace,
	chosenWorkspaces,
	markerFor,
	takeMarker,
	workspacesOf,
} from '../../../nodes/HeyReach/workspaces';

const credential = new HeyReachApi();
const url = 'https://api.heyreach.io/api/public/campaign/GetAll';

const AGENCY = {
	apiKey: 'key-own',
	baseUrl: 'https://api.heyreach.io/api/public',
	workspaces: {
		workspace2: { name: 'Acme', apiKey: 'key-acme' },
		workspace9: { name: 'Bär & Söhne 🚀', apiKey: 'key-baer' },
	},
};
const all = workspacesOf(AGENCY);

/** The headers that a request with these headers goes out with. */
const sent = async (credentials: object, headers?: IDataObject) =>
	(await credential.authenticate({ ...credentials }, { url, headers })).headers;

describe('The credential', () => {
	it('that was saved before there were workspaces signs in as it did', async () => {
		const { apiKey, baseUrl } = AGENCY;
		expect(await sent({ apiKey, baseUrl })).toEqual({ 'X-API-KEY': 'key-own' });
		expect(await sent({ apiKey, baseUrl }, { Accept: 'application/json' })).toEqual({
			Accept: 'application/json',
			'X-API-KEY': 'key-own',
		});
	});

	it.each(all.map((workspace) => [workspace.name, workspace] as const))(
		'signs in to “%s” with its own key, and sends no marker',
		async (_name, workspace) => {
			const headers = { Accept: 'application/json', ...markerFor(workspace) };
			expect(await sent(AGENCY, headers)).toEqual({
				Accept: 'application/json',
				'X-API-KEY': workspace.apiKey,
			});
		},
	);

	it.each(['x-n8n-workspace', 'X-N8N-WORKSPACE'])('knows the marker as %s', async (header) => {
		expect(await sent(AGENCY, { [header]: 'acme' })).toEqual({ 'X-API-KEY': 'key-acme' });
	});

	it('takes a name that nobody has encoded', async () => {
		const credentials = {
			...AGENCY,
			workspaces: { workspace2: { name: '100% Club', apiKey: 'key-club' } },
		};
		const headers = { 'X-N8n-Workspace': '100% Club' };
		expect(await sent(credentials, headers)).toEqual({ 'X-API-KEY': 'key-club' });
	});

	it.each([[null], [undefined], [['Acme']], [{ name: 'Acme' }], [true]])(
		'signs nothing in where the marker is %j: the own key would be that of another client',
		async (marker) => {
			const headers = { 'X-N8n-Workspace': marker };
			await expect(sent(AGENCY, headers)).rejects.toThrow(/Workspace/);
		},
	);

	it('sends nothing for a workspace that is not there, and names those that are', async () => {
		const refused = sent(AGENCY, { 'X-N8n-Workspace': 'Beta' });
		await expect(refused).rejects.toMatchObject({
			message: 'The HeyReach credential has no workspace “Beta”',
			description: expect.stringContaining('“Acme”, “Bär & Söhne 🚀”') as string,
		});
		await expect(refused).rejects.not.toMatchObject({
			description: expect.stringMatching(/key-/) as string,
		});
	});

	it('gives every workspace a place of its own for its hidden key', () => {
		const field = credential.properties.find(({ name }) => name === 'workspaces');
		// In a list n8n restores a hidden key by its place: who moves up gets another client's key.
		expect(field).toMatchObject({ type: 'fixedCollection' });
		expect(field?.typeOptions?.multipleValues).toBeUndefined();
		const places = (field?.options ?? []) as INodePropertyCollection[];
		expect(places).toHaveLength(50);
		expect(new Set(places.map(({ name }) => name)).size).toBe(50);
		for (const { values } of places) {
			expect(values.map(({ name }) => name)).toEqual(['name', 'apiKey']);
			expect(values[1].typeOptions).toEqual({ password: true });
		}
	});

	it('reads all fifty', () => {
		const workspaces = Object.fromEntries(
			Array.from({ length: 50 }, (_, at) => [
				`workspace${at + 2}`,
				{ name: `Client ${at}`, apiKey: `key-${at}` },
			]),
		);
		expect(workspacesOf({ apiKey: 'key-own', workspaces })).toHaveLength(51);
	});

	it.each([
		['a key without a name', { apiKey: 'k' }, '“Workspace 3” of the HeyReach credential has an'],
		[
			'a name without a key',
			{ name: 'Beta' },
			'Workspace “Beta” of the HeyReach credential has no',
		],
		['a blank key', { name: 'Beta', apiKey: ' ' }, 'has no API key'],
		[
			'a hidden key that n8n could not put back',
			{ name: 'Beta', apiKey: '__n8n_BLANK_VALUE_e5362baf-c777-4d57-a609-6eaf1f9e87f6' },
			'has no API key',
		],
		['the name of another', { name: ' ACME ', apiKey: 'k' }, 'has two workspaces with the name'],
		[
			'the key of another',
			{ name: 'Beta', apiKey: 'key-acme' },
			'same API key as workspace “Acme”',
		],
		['the own key', { name: 'Beta', apiKey: 'key-own' }, "as the credential's own workspace"],
		['the sign for all', { name: '*', apiKey: 'k' }, 'means all workspaces'],
	])('refuses %s', (_what, workspace3, message) => {
		const { workspace2 } = AGENCY.workspaces;
		const workspaces = { workspace2, workspace3 };
		expect(() => workspacesOf({ ...AGENCY, workspaces })).toThrow(message);
		expect(() => workspacesOf({ ...AGENCY, workspaces })).not.toThrow(/key-|“k”/);
	});

	it('leaves out a place that was added and not filled in', () => {
		const workspaces = { workspace2: { name: '', apiKey: '' }, workspace3: {} };
		expect(workspacesOf({ ...AGENCY, workspaces })).toHaveLength(1);
	});

	it('is tested by all of its nodes in the same way', () => {
		for (const node of [new HeyReach(), new HeyReachTrigger(), new HeyReachPollingTrigger()]) {
			const [{ name, testedBy }] = node.description.credentials ?? [];
			expect({ name, testedBy }).toEqual({ name: 'heyReachApi', testedBy: 'testHeyReachApi' });
			expect(node.methods.credentialTest.testHeyReachApi).toEqual(expect.any(Function));
		}
	});
});

describe('A marker', () => {
	it('brings back every name, and leaves nothing of itself behind', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const name = text.trim();
				const marker = markerFor({ name, apiKey: 'key' });
				for (const value of Object.values(marker)) expect(value).toMatch(/^[\x21-\x7e]+$/);
				expect(takeMarker({ ...marker, Accept: 'a' })).toEqual({ name, headers: { Accept: 'a' } });
			}),
		);
	});
});

describe('The field Workspace', () => {
	it.each<[unknown, string]>([
		['', 'key-own'],
		['Acme', 'key-acme'],
		[' acme ', 'key-acme'],
		['bär & söhne 🚀', 'key-baer'],
	])('%j is the workspace with %s', (value, apiKey) => {
		expect(chosenWorkspace(value, all).apiKey).toBe(apiKey);
	});

	it.each([undefined, null, ' '])(
		'refuses %j, which an expression gives that finds nothing',
		(value) => {
			expect(() => chosenWorkspace(value, all)).toThrow(
				'The expression in Workspace finds nothing',
			);
			expect(chosenWorkspace(value, all.slice(0, 1)).apiKey).toBe('key-own');
		},
	);

	it.each([[['Acme']], [{ name: 'Acme' }], [true]])('refuses %j', (value) => {
		expect(() => chosenWorkspace(value, all)).toThrow('Workspace is not a name');
	});

	it('refuses “*” where one workspace is meant, and takes it for all where several are', () => {
		expect(() => chosenWorkspace('*', all)).toThrow('no workspace “*”');
		expect(chosenWorkspaces('*', all)).toEqual(all);
		expect(chosenWorkspaces('Acme', all)).toEqual([all[1]]);
		expect(() => chosenWorkspaces('Beta', all)).toThrow('no workspace “Beta”');
	});

	it('says what to do where the credential has no further workspaces', () => {
		expect(() => chosenWorkspace('Acme', all.slice(0, 1))).toThrow(
			expect.objectContaining({
				description: expect.stringContaining('Further Workspaces') as string,
			}) as Error,
		);
	});
});
