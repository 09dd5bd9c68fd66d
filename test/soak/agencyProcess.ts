import { startSandbox, SANDBOX, type Sandbox } from '../../sandbox';
import { newContact } from '../../sandbox/ghl/contactWrites';
import { leadOf, memberId } from '../../sandbox/seed/heyReach';
import { seedCustomFields } from '../../sandbox/seed/highLevel';
import { ACCESS_PRESETS } from '../../nodes/Ghl/accessPresets';
import { UNLIMITED } from '../support/useSandbox';
import type { Agency, Client, Workspace } from './agency';

/** How many clients the agency has at any time, and how many of them others take the place of in a round. */
const CLIENTS = 200;
const NEW_CLIENTS = 25;
/** So many of them have connected an app of their own. */
const CONNECTED = 100;
const WORKSPACES = 200;
/** So many of those get a new API key in a round. */
const NEW_KEYS = 100;
/** Short, so that executions meet expired tokens (ms). */
const ACCESS_TOKEN_LIFE_MS = 2_000;
const LOCATION_TOKEN_LIFE_MS = 20_000;

const scopes = ACCESS_PRESETS.find(({ value }) => value === 'everything')?.scopes ?? [];

/** The agency of one sandbox, whose clients, keys and tokens change from round to round. */
class Population {
	private round = 0;
	private clients: Client[] = [];
	private readonly workspaces: Workspace[];

	constructor(private readonly sandbox: Sandbox) {
		this.workspaces = Array.from({ length: WORKSPACES }, (_, at) => this.workspace(at));
	}

	next(): Agency {
		this.round++;
		const { oauth, requests } = this.sandbox;
		requests.clear();
		this.dropContacts();
		for (const { locationId } of this.clients.splice(0, NEW_CLIENTS)) this.remove(locationId);
		while (this.clients.length < CLIENTS) this.clients.push(this.client());
		const connected = this.clients.slice(0, CONNECTED);
		for (const client of this.clients) this.renewToken(client);
		for (let at = 0; at < NEW_KEYS; at++) this.newKey((this.round * NEW_KEYS + at) % WORKSPACES);
		return {
			clients: this.clients,
			connections: connected.map(({ locationId }) => ({
				...oauth.issue({ level: 'Location', locationId, scopes }),
			})),
			agencyToken: { ...oauth.issue({ level: 'Company', scopes }) },
			workspaces: this.workspaces,
		};
	}

	private client(): Client {
		const { id } = this.sandbox.subAccounts.add('A client');
		const contact = newContact(
			this.sandbox.state.ids.next('contact'),
			id,
			new Date().toISOString(),
		);
		this.sandbox.state.saveContact({ ...contact, firstName: 'First' }, 0);
		seedCustomFields(this.sandbox.state, id, { linkedInFields: true });
		return { locationId: id, contactId: contact.id, token: '' };
	}

	private remove(locationId: string): void {
		this.sandbox.subAccounts.uninstall(locationId);
		const { customFields, locations } = this.sandbox.state;
		locations.delete(locationId);
		for (const field of [...customFields.values()])
			if (field.locationId === locationId) customFields.delete(field.id);
	}

	/** A private integration whose token somebody has changed. */
	private renewToken(client: Client): void {
		const { accessTokens } = this.sandbox.state;
		const rights = accessTokens.get(SANDBOX.privateToken);
		if (!rights) throw new Error('The sandbox has no private token');
		accessTokens.delete(client.token);
		client.token = `pit-weeks-${this.round}-${client.locationId}`;
		accessTokens.set(client.token, { ...rights, locationId: client.locationId });
	}

	private newKey(at: number): void {
		const workspace = this.workspaces[at];
		workspace.key = `weeks-key-${this.round}-${at}`;
		const { id } = workspace;
		const named = { id, name: `Workspace ${at}`, seatsLimit: 3, keys: { PUBLIC: workspace.key } };
		this.sandbox.state.workspaces.set(id, named);
	}

	private workspace(at: number): Workspace {
		const id = 10_000 + at;
		const data = this.sandbox.state.workspace(id);
		const lead = leadOf(at, at);
		data.leads.set(lead.linkedinId, lead);
		const members = [{ linkedinId: memberId(at), addedAt: new Date().toISOString() }];
		const made = { listType: 'USER_LIST' as const, creationTime: new Date().toISOString() };
		data.lists.set(id, { id, name: 'Prospects', ...made, members });
		return { id, key: '', listId: id, profileUrl: lead.profileUrl };
	}

	/** What executions have made, and clients who left have left. */
	private dropContacts(): void {
		const own = new Set(this.clients.slice(NEW_CLIENTS).map(({ contactId }) => contactId));
		const { state } = this.sandbox;
		for (const id of [...state.contacts.keys()]) if (!own.has(id)) state.deleteContact(id);
	}
}

/** A sandbox in a process of its own, so that its records do not count: a message asks for a round. */
async function main(): Promise<void> {
	const sandbox = await startSandbox({
		...UNLIMITED,
		...{ seed: false, heyReachPerMinute: 1_000_000 },
		accessTokenLifeMs: ACCESS_TOKEN_LIFE_MS,
		locationTokenLifeMs: LOCATION_TOKEN_LIFE_MS,
	});
	const population = new Population(sandbox);
	for (let at = 0; at < WORKSPACES / NEW_KEYS; at++) population.next();
	process.on('message', () => process.send?.(population.next()));
	process.on('disconnect', () => process.exit(0));
	const { ghlUrl, heyReachUrl } = sandbox;
	process.send?.({ ghlUrl, heyReachUrl });
}

void main();
