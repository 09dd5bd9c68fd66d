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
	leadCampaignStatus: 'Pending' | 'InSequence' | 'Finished' | 'Paused' | 'Failed';
	leadConnectionStatus: 'None' | 'ConnectionSent' | 'ConnectionAccepted';
	leadMessageStatus: 'None' | 'MessageSent' | 'MessageReply';
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
}

export interface LeadList {
	id: number;
	name: string;
	listType: 'USER_LIST' | 'COMPANY_LIST';
	creationTime: string;
	/** linkedinIds, in the order they were added. */
	members: Array<{ linkedinId: string; addedAt: string }>;
}

export interface Sender {
	id: number;
	emailAddress: string;
	firstName: string;
	lastName: string;
	profileUrl: string;
	isActive: boolean;
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
