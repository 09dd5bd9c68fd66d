import { fixedAccessTokens } from './accounts';
import type { AccessToken } from './accounts';
import { Changes } from './changes';
import { ContactIndex } from './ghl/contactIndex';
import type {
	AppointmentNote,
	BlockSlot,
	Business,
	Calendar,
	Contact,
	Conversation,
	CustomField,
	CustomValue,
	Location,
	LocationTag,
	LostReason,
	MarketingCampaign,
	Pipeline,
	User,
	Workflow,
} from './ghl/records';
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
} from './heyreach/records';
import { Ids, idFrom } from './ids';
import type { Settings } from './settings';

/**
 * Everything both services remember. Tests may read and write the maps; a contact is written with
 * `saveContact`, which also tells the search index.
 */
export class SandboxState {
	readonly ids = new Ids();
	readonly changes = new Changes();

	readonly locations = new Map<string, Location>();
	readonly users = new Map<string, User>();
	readonly contacts = this.changes.map('contact');
	readonly contactIndex = new ContactIndex();
	readonly customFields = new Map<string, CustomField>();
	/** By location and lower-case name. */
	readonly locationTags = new Map<string, LocationTag>();
	readonly businesses = new Map<string, Business>();
	readonly notes = this.changes.map('note');
	readonly tasks = this.changes.map('task');
	readonly calendars = new Map<string, Calendar>();
	readonly appointments = this.changes.map('appointment');
	readonly blockSlots = new Map<string, BlockSlot>();
	readonly appointmentNotes = new Map<string, AppointmentNote>();
	readonly workflows = new Map<string, Workflow>();
	/** HighLevel's; `campaigns` are HeyReach's. */
	readonly marketingCampaigns = new Map<string, MarketingCampaign>();
	readonly customValues = new Map<string, CustomValue>();
	readonly pipelines = new Map<string, Pipeline>();
	readonly opportunities = this.changes.map('opportunity');
	readonly lostReasons = new Map<string, LostReason>();
	readonly conversations = new Map<string, Conversation>();
	readonly messages = this.changes.map('message');
	readonly accessTokens = new Map<string, AccessToken>();

	readonly leads = new Map<string, Lead>();
	/** The tags HeyReach knows, whether or not a lead carries them. */
	readonly leadTags = new Map<string, TagColor>();
	readonly campaigns = new Map<number, Campaign>();
	readonly lists = new Map<number, LeadList>();
	readonly senders = new Map<number, Sender>();
	readonly companies = new Map<number, Company>();
	/** HeyReach's conversations; `conversations` are HighLevel's. */
	readonly chatrooms = new Map<string, Chatroom>();
	readonly webhooks = new Map<number, Webhook>();
	readonly blacklistedLeads = new Map<number, BlacklistedLead>();
	readonly blacklistedCompanies = new Map<number, BlacklistedCompany>();
	readonly enrichmentJobs = new Map<string, EnrichmentJob>();
	readonly workspaces = new Map<number, Workspace>();
	readonly organizationUsers = new Map<number, OrganizationUser>();
	/**
	 * What must not be read by anybody but its owner: tokens and codes that were ever issued, and what
	 * the addresses of webhooks carry. A reset does not forget them.
	 */
	readonly secrets = new Map<string, 'token' | 'webhook'>();
	/** What HeyReach's statistics are counted from. */
	activities: Activity[] = [];
	deliveries: Delivery[] = [];

	constructor(private readonly settings: Settings) {}

	/** `lagMs`: how long search takes to see it. */
	saveContact(contact: Contact, lagMs = this.settings.indexLagMs): void {
		this.contacts.set(contact.id, contact);
		this.contactIndex.write(contact.id, contact, lagMs);
		// An unknown tag is made in the location.
		for (const tag of contact.tags) this.locationTag(contact.locationId, tag);
	}

	/** With all that hangs on it. */
	deleteContact(id: string): void {
		this.contacts.delete(id);
		const dependants = [
			this.notes,
			this.tasks,
			this.appointments,
			this.opportunities,
			this.conversations,
			this.messages,
		];
		for (const records of dependants) {
			for (const [key, { contactId }] of records) if (contactId === id) records.delete(key);
		}
		for (const { contactIds } of [
			...this.workflows.values(),
			...this.marketingCampaigns.values(),
		]) {
			contactIds.delete(id);
		}
		this.contactIndex.write(id, undefined, this.settings.indexLagMs);
	}

	/** The location's tag of that name, made if it is new. */
	locationTag(locationId: string, name: string): LocationTag {
		const key = `${locationId} ${name}`;
		const known = this.locationTags.get(key);
		if (known !== undefined) return known;
		// The same tag has the same id after a reset, unless the id went along with a rename.
		const own = idFrom(`tag:${key}`);
		const taken = [...this.locationTags.values()].some(({ id }) => id === own);
		const tag = { id: taken ? this.ids.next('tag') : own, locationId, name };
		this.locationTags.set(key, tag);
		return tag;
	}

	clear(): void {
		const stores = [
			this.locations,
			this.users,
			this.contacts,
			this.contactIndex,
			this.customFields,
			this.locationTags,
			this.businesses,
			this.notes,
			this.tasks,
			this.calendars,
			this.appointments,
			this.blockSlots,
			this.appointmentNotes,
			this.workflows,
			this.marketingCampaigns,
			this.customValues,
			this.pipelines,
			this.opportunities,
			this.lostReasons,
			this.conversations,
			this.messages,
			this.accessTokens,
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
			this.workspaces,
			this.organizationUsers,
		];
		for (const store of stores) store.clear();
		this.deliveries = [];
		this.activities = [];
		for (const [token, access] of fixedAccessTokens()) this.accessTokens.set(token, access);
	}
}
