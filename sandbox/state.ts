import { fixedAccessTokens, SANDBOX } from './accounts';
import type { AccessToken } from './accounts';
import { Changes } from './changes';
import { ContactIndex } from './ghl/contactIndex';
import { ContactOwners } from './ghl/contactOwners';
import { TagTimes } from './ghl/tagTimes';
import type {
	AppointmentNote,
	BlockSlot,
	Business,
	Calendar,
	Contact,
	Conversation,
	ConversationProvider,
	CustomField,
	CustomSubtype,
	CustomValue,
	Form,
	Location,
	LocationTag,
	LostReason,
	MarketingCampaign,
	Pipeline,
	Submission,
	TriggerLink,
	User,
	Workflow,
} from './ghl/records';
import type { Association, CustomObject, ObjectRecord, Relation } from './ghl/objectTypes';
import type { OrganizationUser, Workspace } from './heyreach/records';
import { WorkspaceData } from './heyreach/workspace';
import { Ids, idFrom } from './ids';
import type { Settings } from './settings';

/**
 * Everything both services remember. Tests may read and write the maps; a contact is written with
 * `saveContact`, which also tells the search index.
 *
 * HeyReach's data here is that of workspace `SANDBOX.heyReachWorkspaceId`; `workspace` gives that of
 * any other.
 */
export class SandboxState extends WorkspaceData {
	readonly changes = new Changes();

	readonly locations = new Map<string, Location>();
	/** Of an agency that paused them: every call there is refused. */
	readonly pausedLocations = new Set<string>();
	/** Those whose account's plan has no API. */
	readonly locationsWithoutApi = new Set<string>();
	/** Those that do not get the app where it is let into all locations at once. */
	readonly locationsLeftOut = new Set<string>();
	readonly users = new Map<string, User>();
	readonly contactOwners = new ContactOwners((id) => this.contacts.get(id));
	readonly tagTimes = new TagTimes();
	readonly contacts = this.changes.map('contact', (before, after) => {
		this.contactOwners.note(before, after);
		this.tagTimes.note(before, after);
	});
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
	readonly links = new Map<string, TriggerLink>();
	readonly pipelines = new Map<string, Pipeline>();
	readonly opportunities = this.changes.map('opportunity');
	readonly lostReasons = new Map<string, LostReason>();
	readonly forms = new Map<string, Form>();
	readonly formSubmissions = new Map<string, Submission>();
	readonly surveys = new Map<string, Form>();
	readonly surveySubmissions = new Map<string, Submission>();
	readonly customObjects = new Map<string, CustomObject>();
	readonly objectRecords = new Map<string, ObjectRecord>();
	readonly associations = new Map<string, Association>();
	readonly relations = new Map<string, Relation>();
	readonly customSubtypes = new Map<string, CustomSubtype>();
	/** By contact and address: the ids of custom subtypes, or `One on One`. */
	readonly unsubscriptions = new Map<string, Set<string>>();
	readonly conversations = new Map<string, Conversation>();
	readonly messages = this.changes.map('message');
	/** Of the marketplace app; the control API sets them. */
	readonly conversationProviders = new Map<string, ConversationProvider>();
	readonly accessTokens = new Map<string, AccessToken>();

	readonly workspaces = new Map<number, Workspace>();
	readonly organizationUsers = new Map<number, OrganizationUser>();
	private readonly otherWorkspaces = new Map<number, WorkspaceData>();

	constructor(private readonly settings: Settings) {
		super({ ids: new Ids(), secrets: new Map() });
	}

	/** What a HeyReach workspace holds: nothing until somebody puts something there. */
	workspace(id: number): WorkspaceData {
		if (id === SANDBOX.heyReachWorkspaceId) return this;
		const data = this.otherWorkspaces.get(id) ?? new WorkspaceData(this);
		this.otherWorkspaces.set(id, data);
		return data;
	}

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

	/** That a user of other locations alone is refused like nobody is a guess. */
	isUserOf(locationId: string | undefined, id: string): boolean {
		return this.users.get(id)?.roles.locationIds.includes(locationId ?? '') === true;
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

	override clear(): void {
		super.clear();
		const stores = [
			this.locations,
			this.pausedLocations,
			this.locationsWithoutApi,
			this.locationsLeftOut,
			this.users,
			this.contacts,
			this.contactIndex,
			this.contactOwners,
			this.tagTimes,
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
			this.links,
			this.pipelines,
			this.opportunities,
			this.lostReasons,
			this.forms,
			this.formSubmissions,
			this.surveys,
			this.surveySubmissions,
			this.customObjects,
			this.objectRecords,
			this.associations,
			this.relations,
			this.customSubtypes,
			this.unsubscriptions,
			this.conversations,
			this.messages,
			this.conversationProviders,
			this.accessTokens,
			this.workspaces,
			this.organizationUsers,
			this.otherWorkspaces,
		];
		for (const store of stores) store.clear();
		for (const [token, access] of fixedAccessTokens()) this.accessTokens.set(token, access);
	}
}
