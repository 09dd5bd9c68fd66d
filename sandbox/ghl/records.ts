/** The records HighLevel keeps, as the sandbox stores them. Dates are ISO strings. */

export interface CustomFieldValue {
	id: string;
	value: unknown;
}

type Channel = 'Call' | 'Email' | 'SMS' | 'WhatsApp' | 'GMB' | 'FB';
interface DndSetting {
	status: 'active' | 'inactive' | 'permanent';
	message?: string;
	code?: string;
}

export interface Contact {
	id: string;
	locationId: string;
	firstName?: string;
	lastName?: string;
	email?: string;
	phone?: string;
	gender?: string;
	address1?: string;
	city?: string;
	state?: string;
	postalCode?: string;
	country?: string;
	website?: string;
	timezone?: string;
	companyName?: string;
	source?: string;
	dateOfBirth?: string;
	assignedTo?: string;
	businessId?: string;
	type: string;
	dnd: boolean;
	dndSettings: Partial<Record<Channel, DndSetting>>;
	inboundDndSettings?: { all?: { status: 'active' | 'inactive'; message?: string } };
	tags: string[];
	customFields: CustomFieldValue[];
	additionalEmails: string[];
	additionalPhones: string[];
	followers: string[];
	dateAdded: string;
	dateUpdated: string;
}

export interface CustomField {
	id: string;
	locationId: string;
	name: string;
	fieldKey: string;
	dataType: string;
	model: 'contact' | 'opportunity';
	position: number;
	placeholder?: string;
	picklistOptions?: string[];
	isMultiFileAllowed?: boolean;
	maxFileLimit?: number;
}

export interface LocationTag {
	id: string;
	locationId: string;
	name: string;
}

export interface User {
	id: string;
	name: string;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	extension: string;
	roles: { type: string; role: string; locationIds: string[] };
}

export interface TriggerLink {
	id: string;
	locationId: string;
	name: string;
	redirectTo: string;
	/** How a message names it: `{{trigger_link.ID}}`. */
	fieldKey: string;
}

export interface Business {
	id: string;
	locationId: string;
	name: string;
	phone?: string;
	email?: string;
	website?: string;
	address?: string;
	city?: string;
	state?: string;
	postalCode?: string;
	country?: string;
	description?: string;
	createdAt: string;
	updatedAt: string;
}

export interface Location {
	id: string;
	companyId: string;
	name: string;
	address: string;
	city: string;
	state: string;
	country: string;
	postalCode: string;
	website: string;
	timezone: string;
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
}

export interface Note {
	id: string;
	contactId: string;
	body: string;
	title?: string;
	color?: string;
	pinned: boolean;
	userId?: string;
	dateAdded: string;
}

export interface Task {
	id: string;
	contactId: string;
	title: string;
	body?: string;
	assignedTo?: string;
	dueDate: string;
	completed: boolean;
}

/** Opening times on some days of the week (0 is Sunday), in the location's time zone. */
interface OpenHours {
	daysOfTheWeek: number[];
	hours: Array<{ openHour: number; openMinute: number; closeHour: number; closeMinute: number }>;
}

export interface Calendar {
	id: string;
	locationId: string;
	groupId: string;
	name: string;
	description: string;
	slug: string;
	widgetSlug: string;
	calendarType: 'round_robin' | 'event' | 'personal';
	isActive: boolean;
	eventTitle: string;
	eventColor: string;
	/** Minutes, as the interval between two starts. */
	slotDuration: number;
	slotDurationUnit: 'mins';
	slotInterval: number;
	slotIntervalUnit: 'mins';
	autoConfirm: boolean;
	openHours: OpenHours[];
	teamMembers: Array<{ userId: string; priority: number; isPrimary: boolean }>;
}

export interface Appointment {
	id: string;
	calendarId: string;
	locationId: string;
	contactId: string;
	groupId: string;
	title: string;
	appointmentStatus: string;
	assignedUserId: string;
	users: string[];
	startTime: string;
	endTime: string;
	description?: string;
	address?: string;
	meetingLocationType?: string;
	rrule?: string;
	dateAdded: string;
	dateUpdated: string;
}

/** Time in which nothing can be booked. */
export interface BlockSlot {
	id: string;
	calendarId: string;
	locationId: string;
	title: string;
	assignedUserId: string;
	startTime: string;
	endTime: string;
	dateAdded: string;
	dateUpdated: string;
}

export interface AppointmentNote {
	id: string;
	appointmentId: string;
	contactId: string;
	body: string;
	userId: string;
	dateAdded: string;
}

export interface Workflow {
	id: string;
	locationId: string;
	name: string;
	status: 'draft' | 'published';
	version: number;
	createdAt: string;
	updatedAt: string;
	/** Who is enrolled. */
	contactIds: Set<string>;
}

/** HighLevel's own campaigns; HeyReach has others. */
export interface MarketingCampaign {
	id: string;
	locationId: string;
	name: string;
	status: 'draft' | 'published';
	contactIds: Set<string>;
}

export interface CustomValue {
	id: string;
	locationId: string;
	name: string;
	fieldKey: string;
	value: string;
}

export interface PipelineStage {
	id: string;
	name: string;
	position: number;
	showInFunnel?: boolean;
	showInPieChart?: boolean;
	/** 0 to 100. */
	stageWinProbability?: number;
	color?: string;
}

export interface Pipeline {
	id: string;
	locationId: string;
	name: string;
	stages: PipelineStage[];
	showInFunnel: boolean;
	showInPieChart: boolean;
	useOpportunityProbability?: boolean;
	colorRenderMode?: 'dot' | 'bg-tint' | 'none';
	dateAdded: string;
	dateUpdated: string;
}

export interface Opportunity {
	id: string;
	locationId: string;
	contactId: string;
	pipelineId: string;
	pipelineStageId: string;
	name: string;
	status: 'open' | 'won' | 'lost' | 'abandoned';
	monetaryValue?: number;
	assignedTo?: string;
	source?: string;
	lostReasonId?: string;
	customFields: CustomFieldValue[];
	followers: string[];
	lastStatusChangeAt: string;
	lastStageChangeAt: string;
	createdAt: string;
	updatedAt: string;
}

/** A form or a survey. */
export interface Form {
	id: string;
	locationId: string;
	name: string;
}

/** What a person filled into a form or a survey. */
export interface Submission {
	id: string;
	locationId: string;
	/** The form or the survey. */
	formId: string;
	contactId: string;
	name?: string;
	email?: string;
	createdAt: string;
	/** The fields by their names, and the custom fields by their ids. */
	others: Record<string, unknown>;
}

export interface LostReason {
	id: string;
	locationId: string;
	name: string;
	createdAt: string;
	updatedAt: string;
}

export interface Conversation {
	id: string;
	locationId: string;
	contactId: string;
	unreadCount: number;
	starred?: boolean;
	dateAdded: string;
	dateUpdated: string;
}

/** A channel that the marketplace app brings: what is written through it goes to its delivery URL. */
export interface ConversationProvider {
	id: string;
	name: string;
	/** As it is set in the app. */
	type: 'SMS' | 'Email';
	/** Ticked "Is this a Custom Conversation Provider": a channel beside the location's own. */
	custom: boolean;
	deliveryUrl: string;
}

export interface Message {
	id: string;
	locationId: string;
	contactId: string;
	conversationId: string;
	messageType: string;
	body: string;
	direction: 'inbound' | 'outbound';
	status: string;
	/** Addresses of files. */
	attachments: string[];
	dateAdded: string;
	/** The app's channel that it came through. */
	conversationProviderId?: string;
	/** Its id in the app's own system. */
	altId?: string;
	/** Who wrote it in HighLevel. */
	userId?: string;
	/** What the app said of a delivery that failed. */
	error?: { code: string; type: string; message: string };
}

/** A kind of message that people can unsubscribe from. */
export interface CustomSubtype {
	id: string;
	locationId: string;
	name: string;
	channel: 'email' | 'sms';
	language: string;
	description?: string;
	archived: boolean;
}
