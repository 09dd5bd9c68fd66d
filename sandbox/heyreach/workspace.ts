import type { Ids } from '../ids';
import type {
	Activity,
	BlacklistedCompany,
	BlacklistedLead,
	Campaign,
	Chatroom,
	Company,
	Delivery,
	EnrichmentJob,
	Lead,
	LeadList,
	OrganizationUser,
	Sender,
	TagColor,
	Webhook,
	Workspace,
} from './records';

/** What the workspaces of a sandbox share: numbers that no two records have, and the secrets. */
export interface Shared {
	readonly ids: Ids;
	/**
	 * What must not be read by anybody but its owner: tokens and codes that were ever issued, and what
	 * the addresses of webhooks carry. A reset does not forget them.
	 */
	readonly secrets: Map<string, 'token' | 'webhook'>;
}

/** What stands above the workspaces. */
export interface Organization extends Pick<Shared, 'ids'> {
	readonly workspaces: Map<number, Workspace>;
	readonly organizationUsers: Map<number, OrganizationUser>;
}

/** All that one HeyReach workspace holds. A key opens one workspace, and shows nothing of another. */
export class WorkspaceData implements Shared {
	readonly ids: Shared['ids'];
	readonly secrets: Shared['secrets'];

	readonly leads = new Map<string, Lead>();
	/** The tags HeyReach knows, whether or not a lead carries them. */
	readonly leadTags = new Map<string, TagColor>();
	readonly campaigns = new Map<number, Campaign>();
	readonly lists = new Map<number, LeadList>();
	readonly senders = new Map<number, Sender>();
	readonly companies = new Map<number, Company>();
	/** HeyReach's conversations; those of HighLevel stand beside them in the state. */
	readonly chatrooms = new Map<string, Chatroom>();
	readonly webhooks = new Map<number, Webhook>();
	readonly blacklistedLeads = new Map<number, BlacklistedLead>();
	readonly blacklistedCompanies = new Map<number, BlacklistedCompany>();
	readonly enrichmentJobs = new Map<string, EnrichmentJob>();
	/** What HeyReach's statistics are counted from. */
	readonly activities: Activity[] = [];
	readonly deliveries: Delivery[] = [];

	constructor({ ids, secrets }: Shared) {
		this.ids = ids;
		this.secrets = secrets;
	}

	clear(): void {
		const stores = [
			this.leads,
			this.leadTags,
			this.campaigns,
			this.lists,
			this.senders,
			this.companies,
			this.chatrooms,
			this.webhooks,
			this.blacklistedLeads,
			this.blacklistedCompanies,
			this.enrichmentJobs,
		];
		for (const store of stores) store.clear();
		this.activities.length = 0;
		this.deliveries.length = 0;
	}
}
