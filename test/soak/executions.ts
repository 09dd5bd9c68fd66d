import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { GhlOAuth2Api } from '../../credentials/GhlOAuth2Api.credentials';
import { GhlPollingTrigger } from '../../nodes/Ghl/GhlPollingTrigger.node.ts';
import { HeyReachPollingTrigger } from '../../nodes/HeyReach/HeyReachPollingTrigger.node.ts';
import { SANDBOX } from '../../sandbox';
import { byId, ghlCredentials, runGhl } from '../workflow/ghl';
import { heyReachCredentials, runHeyReach } from '../workflow/heyReach';
import { runApply, runPlan } from '../workflow/contactSync';
import { CredentialStore, pollWorkflow, type PollWorkflow } from '../workflow/support';
import { leadRow } from '../support/leadRow';
import type { Agency, AgencySandbox, Client, Workspace } from './agency';

/** Executions at the same time. */
const AT_ONCE = 8;
/** Locations of one run with the agency's credential. */
const LOCATIONS_A_RUN = 2;
/** Clients that are polled at a time, and as many workspaces. */
const POLLED = 10;

/** What the executions of a round share: in the next one clients, tokens and keys are others. */
interface Round {
	agency: Agency;
	agencyCredential: CredentialStore;
	connections: CredentialStore[];
	pollers: PollWorkflow[];
}

const at = <Value>(values: Value[], number: number): Value => values[number % values.length];

/** Runs of the action nodes and polls of the triggers, for an agency whose clients come and go. */
export class Executions {
	readonly counts: Record<string, number> = {};
	mostStaticData = 0;
	private number = 0;
	/** The plans that are not carried out yet. */
	private readonly plans = new Map<number, ReturnType<typeof runPlan>>();
	/** What n8n stores for the polling triggers, by the place that they ask. */
	private stored = new Map<string, IDataObject>();

	constructor(private readonly sandbox: AgencySandbox) {}

	async round(size: number): Promise<void> {
		const round = this.roundOf(await this.sandbox.nextRound());
		const end = this.number + size;
		const worker = async () => {
			while (this.number < end) await this.execute(round, this.number++);
		};
		await Promise.all(Array.from({ length: AT_ONCE }, worker));
		const bytes = round.pollers.map((poller) => poller.stored());
		this.mostStaticData = Math.max(this.mostStaticData, ...bytes);
	}

	private async execute(round: Round, number: number): Promise<void> {
		const kinds = this.kinds;
		const [name, run] = at(kinds, number);
		// Each kind counts for itself, so that it goes through all clients.
		await run(round, Math.floor(number / kinds.length));
		this.counts[name] = (this.counts[name] ?? 0) + 1;
	}

	/** In turns. */
	private readonly kinds: Array<[string, (round: Round, number: number) => Promise<void>]> = [
		[
			'private integration',
			async ({ agency }, number) => await this.read(at(agency.clients, number)),
		],
		[
			'private integration',
			async ({ agency }, number) => await this.write(at(agency.clients, number)),
		],
		['agency', async (round, number) => await this.writeInMany(round, number)],
		['agency', async (round, number) => await this.writeInMany(round, number + 97)],
		['OAuth2', async (round, number) => await this.readConnected(round, number)],
		['HeyReach', async ({ agency }, number) => await this.list(at(agency.workspaces, number))],
		['HeyReach', async ({ agency }, number) => await this.list(at(agency.workspaces, number + 61))],
		[
			'HeyReach',
			async ({ agency }, number) => await this.addLead(at(agency.workspaces, number), number),
		],
		['Plan', async (_round, number) => void (await this.plan(number))],
		['Apply', async ({ agency }, number) => await this.apply(at(agency.clients, number), number)],
		['polls', async ({ pollers }, number) => void (await at(pollers, number).poll())],
	];

	private async read({ locationId, contactId, token }: Client): Promise<void> {
		await this.ghl('contact:get', { contactId: byId(contactId) }, { token, locationId });
	}

	private async write({ locationId, contactId, token }: Client): Promise<void> {
		const contactFields = { mappingMode: 'defineBelow', value: { city: 'Utrecht' }, schema: [] };
		const parameters = { contactId: byId(contactId), contactFields };
		await this.ghl('contact:update', parameters, { token, locationId });
	}

	private async writeInMany({ agency, agencyCredential }: Round, number: number): Promise<void> {
		const clients = Array.from({ length: LOCATIONS_A_RUN }, (_, next) =>
			at(agency.clients, number * LOCATIONS_A_RUN + next),
		);
		await this.ghl(
			'contactTag:add',
			{
				authentication: 'oAuth2',
				location: byId('={{ $json.locationId }}'),
				contactId: byId('={{ $json.contactId }}'),
				tags: 'fresh',
			},
			{ credentials: agencyCredential, items: clients as object[] as IDataObject[] },
		);
	}

	private async readConnected({ agency, connections }: Round, number: number): Promise<void> {
		const place = number % connections.length;
		await this.ghl(
			'contact:get',
			{ authentication: 'oAuth2', contactId: byId(agency.clients[place].contactId) },
			{ credentials: connections[place] },
		);
	}

	private async ghl(
		operation: string,
		parameters: INodeParameters,
		run: Parameters<typeof runGhl>[3],
	): Promise<void> {
		const { error } = await runGhl(this.sandbox, operation, parameters, { items: [{}], ...run });
		if (error) throw error;
	}

	private async list({ key }: Workspace): Promise<void> {
		const parameters = { returnAll: true };
		const { error } = await runHeyReach(this.sandbox, 'list:getMany', parameters, { apiKey: key });
		if (error) throw error;
	}

	private async addLead({ key, listId }: Workspace, number: number): Promise<void> {
		const value = {
			profileUrl: `https://www.linkedin.com/in/weeks-lead-${number}/`,
			firstName: 'Ann',
			lastName: `Lead ${number}`,
		};
		const leadFields = { mappingMode: 'defineBelow', value, schema: [] };
		const parameters = { listId: byId(String(listId)), leadFields };
		const { error } = await runHeyReach(this.sandbox, 'list:addLead', parameters, { apiKey: key });
		if (error) throw error;
	}

	/** Three leads whom nobody has as contacts yet. */
	private async plan(number: number): Promise<void> {
		const leads = [0, 1, 2].map((one) => leadOf(number * 3 + one));
		const options = { previewNewSettings: false, graceMinutes: 0 };
		const planned = runPlan([[], leads, []], { createInGhl: true, options });
		this.plans.set(number, planned);
		const { error } = await planned;
		if (error) throw error;
	}

	/** Makes the contacts of the plan with this number, in the turn after it. */
	private async apply({ locationId, token }: Client, number: number): Promise<void> {
		const planned = await this.plans.get(number);
		this.plans.delete(number);
		const credentials = ghlCredentials(this.sandbox, { token, locationId });
		const portions = planned?.portions ?? [];
		const { error, rows } = await runApply(this.sandbox, portions, {}, credentials);
		if (error) throw error;
		const made = rows.filter(({ aId, state }) => state === 'linked' && aId !== '');
		if (made.length !== 3) throw new Error(`${made.length} of 3 contacts were made`);
	}

	private roundOf(agency: Agency): Round {
		const { ghlUrl, heyReachUrl } = this.sandbox;
		const [ghl, heyReach] = [new GhlPollingTrigger(), new HeyReachPollingTrigger()];
		const before = this.stored;
		const storedFor = (place: string): IDataObject => {
			const stored = before.get(place) ?? {};
			this.stored.set(place, stored);
			return stored;
		};
		this.stored = new Map();
		// Those who are polled already, as long as they stay, and new ones.
		const isPolled = ({ locationId }: Client) => before.has(locationId);
		const polled = [
			...agency.clients.filter(isPolled),
			...agency.clients.filter((client) => !isPolled(client)).reverse(),
		];
		return {
			agency,
			agencyCredential: this.connected(agency.agencyToken),
			connections: agency.connections.map((token) => this.connected(token)),
			pollers: polled.slice(0, POLLED).flatMap((client, place) => [
				pollWorkflow({
					node: ghl,
					parameters: { event: 'contactUpdated' },
					credentials: ghlCredentials({ ghlUrl }, client),
					staticData: storedFor(client.locationId),
				}),
				pollWorkflow({
					node: heyReach,
					parameters: { events: ['lead_created'], lists: [agency.workspaces[place].listId] },
					credentials: heyReachCredentials(
						{ heyReachUrl },
						{ apiKey: agency.workspaces[place].key },
					),
					staticData: storedFor(`workspace ${place}`),
				}),
			]),
		};
	}

	private connected(oauthTokenData: IDataObject): CredentialStore {
		return new CredentialStore([new GhlOAuth2Api()], {
			ghlOAuth2Api: {
				clientId: SANDBOX.oauthClientId,
				clientSecret: SANDBOX.oauthClientSecret,
				baseUrl: this.sandbox.ghlUrl,
				oauthTokenData,
			},
		});
	}
}

const leadOf = (number: number): IDataObject =>
	leadRow(number, {
		linkedin_id: String(200_000_000 + number),
		profileUrl: `https://www.linkedin.com/in/weeks-${number}/`,
	});
