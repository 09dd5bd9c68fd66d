/** The records HeyReach keeps, as the sandbox stores them. Dates are ISO strings. */

export interface Lead {
	/** `linkedin_id` in profiles, `lead.id` in webhooks, `leadMemberId` in some requests. */
	linkedinId: string;
	profileUrl: string;
	firstName: string;
	lastName: string;
	headline: string;
	location: string;
	summary: string;
	about: string;
	companyName: string;
	position: string;
	industry: string;
	connections: number;
	followers: number;
	emailAddress: string | null;
	enrichedEmailAddress: string | null;
	tags: string[];
	/** What HeyReach's own reading of the last reply says. */
	autoTags: Array<{ name: string; campaignId: number }>;
	customFields: Array<{ name: string; value: string }>;
}

export const CAMPAIGN_STATUSES = [
	'DRAFT',
	'IN_PROGRESS',
	'PAUSED',
	'FINISHED',
	'CANCELED',
	'FAILED',
	'STARTING',
	'SCHEDULED',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export interface CampaignLead {
	id: number;
	linkedinId: string;
	senderId: number;
	creationTime: string;
	lastActionTime: string | null;
	failedTime: string | null;
	leadCampaignStatus: 'Pending' | 'InSequence' | 'Finished' | 'Paused' | 'Failed' | 'Excluded';
	leadConnectionStatus: 'None' | 'ConnectionSent' | 'ConnectionAccepted';
	leadMessageStatus: 'None' | 'MessageSent' | 'MessageReply';
	/** Such as LeadBlockedByRecipient. */
	errorCode?: string;
	manuallyStopped: boolean;
}

export interface Campaign {
	id: number;
	name: string;
	status: CampaignStatus;
	creationTime: string;
	startedAt: string | null;
	listId: number;
	accountIds: number[];
	leads: CampaignLead[];
	exclusions: Exclusions;
	schedule: Schedule;
	/** It was started, and reads of it do not show that yet (epoch ms). */
	readsAsDraftUntil?: number;
	/** It was resumed without a lead, and pauses itself again then (epoch ms). */
	pausesAt?: number;
	/** null: there is none yet, and the campaign cannot start. */
	sequence: SequenceNode | null;
}

/** Whom a campaign leaves out. */
export interface Exclusions {
	excludeContactedFromOtherCampaigns: boolean;
	excludeHasOtherAccConversations: boolean;
	excludeContactedFromSenderInOtherCampaign: boolean;
	excludeListId: number | null;
}

export interface Schedule {
	/** HH:mm:ss in `timeZoneId`. */
	dailyStartTime: string;
	dailyEndTime: string;
	timeZoneId: string;
	enabledMonday: boolean;
	enabledTuesday: boolean;
	enabledWednesday: boolean;
	enabledThursday: boolean;
	enabledFriday: boolean;
	enabledSaturday: boolean;
	enabledSunday: boolean;
	/** YYYY-MM-DD */
	startDate: string | null;
	endDate: string | null;
}

/** A step of a sequence and what follows it; the START in front of the first is implied. */
export interface SequenceNode {
	nodeType: string;
	payload?: Record<string, unknown> | null;
	actionDelay?: number;
	actionDelayUnit?: 'HOUR' | 'DAY';
	conditionalNode?: SequenceNode | null;
	unconditionalNode?: SequenceNode | null;
	externalReference?: string | null;
}

export interface LeadList {
	id: number;
	name: string;
	listType: 'USER_LIST' | 'COMPANY_LIST';
	creationTime: string;
	/** linkedinIds, in the order they were added; a company list has none. */
	members: Array<{ linkedinId: string; addedAt: string }>;
}

export interface Sender {
	id: number;
	emailAddress: string;
	firstName: string;
	lastName: string;
	profileUrl: string;
	isActive: boolean;
	/** false: LinkedIn logged the account out, and HeyReach sends nothing with it. */
	authIsValid: boolean;
	/** linkedinIds of the sender's network. */
	connections: string[];
}

/** A row of a company list. */
export interface Company {
	id: number;
	listId: number;
	name: string;
	description: string;
	industry: string;
	companySize: string;
	employeesOnLinkedIn: number;
	location: string;
	specialities: string;
	website: string;
}

/** A conversation of a sender with a lead. */
export interface Chatroom {
	id: string;
	accountId: number;
	linkedinId: string;
	campaignId: number | null;
	seen: boolean;
	isInMail: boolean;
	/** Oldest first; they have no ids. */
	messages: ChatMessage[];
}

export interface ChatMessage {
	createdAt: string;
	body: string;
	/** Of an InMail. */
	subject: string | null;
	sender: 'ME' | 'CORRESPONDENT';
	/** A file: HeyReach gives no text for it. */
	isAttachment?: true;
}

/** Something a sender did to a lead, or a lead to a sender: what the statistics count. */
export interface Activity {
	at: string;
	kind: ActivityKind;
	campaignId: number | null;
	accountId: number;
	linkedinId: string;
}

export type ActivityKind =
	| 'profileView'
	| 'postLike'
	| 'follow'
	| 'connectionSent'
	| 'connectionAccepted'
	| 'message'
	| 'messageReply'
	| 'inMail'
	| 'inMailReply'
	| 'interested'
	| 'otherAutoTag';

export const TAG_COLORS = [
	'Blue',
	'Green',
	'Purple',
	'Pink',
	'Red',
	'Cyan',
	'Yellow',
	'Orange',
] as const;
export type TagColor = (typeof TAG_COLORS)[number];

export const MATCHING_STATUSES = ['Matching', 'Matched', 'NotFound', 'BroadMatch'] as const;

export interface BlacklistedLead {
	id: number;
	linkedInProfileId: string | null;
	profileUrl: string | null;
	email: string | null;
	fullName: string | null;
	matchingStatus: (typeof MATCHING_STATUSES)[number];
	creationTime: string;
}

export interface BlacklistedCompany {
	id: number;
	companyName: string | null;
	companyUrl: string | null;
	creationTime: string;
}

export const KEY_TYPES = ['PUBLIC', 'N8N', 'MAKE', 'ZAPIER', 'MCP'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

/** An organization has several; each has data of its own. */
export interface Workspace {
	id: number;
	name: string;
	seatsLimit: number | null;
	/** false: its keys are known, and every call with them is refused. */
	isSubscribed?: boolean;
	/** One working key a type. */
	keys: Partial<Record<KeyType, string>>;
}

export const INVITATION_STATUSES = ['Accepted', 'Pending', 'Expired', 'Revoked'] as const;

export interface OrganizationUser {
	id: number;
	name: string;
	surname: string;
	email: string;
	role: 'Admin' | 'Member' | 'Manager';
	invitationStatus: (typeof INVITATION_STATUSES)[number];
	workspaceIds: number[];
	permissions: Record<string, boolean>;
}

/** A search for an e-mail address that runs behind the answer. */
export interface EnrichmentJob {
	id: string;
	linkedinId: string;
	doneAt: number;
}

export interface Webhook {
	id: number;
	webhookName: string;
	webhookUrl: string;
	eventType: string;
	campaignIds: number[];
	customHeaders: Record<string, string>;
	isActive: boolean;
}

export interface Delivery {
	id: number;
	webhookId: number;
	/** Without its query, where a receiver may keep a secret. */
	url: string;
	eventType: string;
	correlationId: string;
	/** One per try; status 0 means that nothing answered. */
	attempts: Array<{ at: string; status: number }>;
	delivered: boolean;
}
