import { SANDBOX } from '../../accounts';
import type { Kind, WatchedRecords } from '../../changes';
import { APP } from '../../oauth/app';
import type { InstallationChange } from '../../oauth/installations';
import type { SandboxState } from '../../state';
import { withOffset, zoneOf } from '../calendarTime';
import { fullName } from '../contactWrites';
import type {
	Appointment,
	Contact,
	ConversationProvider,
	Message,
	Opportunity,
	Task,
} from '../records';

export type Payload = Record<string, unknown>;

/** Fields lie beside `type`; a key without a value is left out when it is written as JSON. */

const contact = (of: Contact): Payload => ({
	locationId: of.locationId,
	id: of.id,
	address1: of.address1,
	city: of.city,
	state: of.state,
	companyName: of.companyName,
	country: of.country,
	source: of.source,
	dateAdded: of.dateAdded,
	dateOfBirth: of.dateOfBirth,
	dnd: of.dnd,
	email: of.email,
	name: fullName(of),
	firstName: of.firstName,
	lastName: of.lastName,
	phone: of.phone,
	postalCode: of.postalCode,
	tags: of.tags,
	website: of.website,
	attachments: [],
	assignedTo: of.assignedTo,
	customFields: of.customFields,
});

const locationOf = (state: SandboxState, contactId: string): string =>
	state.contacts.get(contactId)?.locationId ?? SANDBOX.locationId;

/** A fixed list: neither the user nor the title is told. */
const note = (state: SandboxState, of: WatchedRecords['note']): Payload => ({
	locationId: locationOf(state, of.contactId),
	id: of.id,
	body: of.body,
	contactId: of.contactId,
	dateAdded: of.dateAdded,
});

const task = (state: SandboxState, of: Task): Payload => ({
	locationId: locationOf(state, of.contactId),
	id: of.id,
	assignedTo: of.assignedTo,
	body: of.body,
	contactId: of.contactId,
	title: of.title,
	dateAdded: new Date().toISOString(),
	dueDate: of.dueDate,
});

/** The only one that is nested. */
function appointment(state: SandboxState, of: Appointment): Payload {
	const zone = zoneOf(state, of.locationId);
	return {
		locationId: of.locationId,
		appointment: {
			id: of.id,
			address: of.address,
			title: of.title,
			calendarId: of.calendarId,
			contactId: of.contactId,
			groupId: of.groupId,
			appointmentStatus: of.appointmentStatus,
			assignedUserId: of.assignedUserId,
			users: of.users,
			notes: of.description,
			source: 'public_api',
			startTime: withOffset(of.startTime, zone),
			endTime: withOffset(of.endTime, zone),
			dateAdded: of.dateAdded,
			dateUpdated: of.dateUpdated,
		},
	};
}

const opportunity = (of: Opportunity): Payload => ({
	locationId: of.locationId,
	id: of.id,
	assignedTo: of.assignedTo,
	contactId: of.contactId,
	monetaryValue: of.monetaryValue,
	name: of.name,
	pipelineId: of.pipelineId,
	pipelineStageId: of.pipelineStageId,
	source: of.source,
	status: of.status,
	dateAdded: of.createdAt,
});

const message = (of: Message): Payload => ({
	locationId: of.locationId,
	attachments: [],
	body: of.body,
	contactId: of.contactId,
	contentType: 'text/plain',
	conversationId: of.conversationId,
	dateAdded: of.dateAdded,
	direction: of.direction,
	messageType: of.messageType.replace('TYPE_', ''),
	messageId: of.id,
	source: of.direction === 'outbound' ? 'api' : undefined,
	status: of.status,
});

/** What a conversation provider is given to send. `type` is its kind, and there is no envelope. */
export const providerPayload = (
	state: SandboxState,
	of: Message,
	{ type }: ConversationProvider,
): Payload => ({
	contactId: of.contactId,
	locationId: of.locationId,
	messageId: of.id,
	type,
	phone: state.contacts.get(of.contactId)?.phone,
	message: of.body,
	attachments: of.attachments,
	userId: of.userId,
});

const BUILDERS: {
	[K in Kind]: (state: SandboxState, record: WatchedRecords[K]) => Payload;
} = {
	contact: (_state, of) => contact(of),
	note,
	task,
	appointment,
	opportunity: (_state, of) => opportunity(of),
	message: (_state, of) => message(of),
};

/** What the event of that type says about a record. */
export function recordPayload<K extends Kind>(
	state: SandboxState,
	type: string,
	kind: K,
	record: WatchedRecords[K],
): Payload {
	const { dndSettings } = 'dndSettings' in record ? record : {};
	return {
		type,
		...BUILDERS[kind](state, record),
		...(type === 'ContactDndUpdate' ? { dndSettings } : {}),
	};
}

const STORES: { [K in Kind]: (state: SandboxState) => Map<string, WatchedRecords[K]> } = {
	contact: ({ contacts }) => contacts,
	note: ({ notes }) => notes,
	task: ({ tasks }) => tasks,
	appointment: ({ appointments }) => appointments,
	opportunity: ({ opportunities }) => opportunities,
	message: ({ messages }) => messages,
};
const KIND_OF: Array<[RegExp, Kind]> = [
	[/^Contact/, 'contact'],
	[/^Note/, 'note'],
	[/^Task/, 'task'],
	[/^Appointment/, 'appointment'],
	[/^Opportunity/, 'opportunity'],
	[/^(In|Out)boundMessage$/, 'message'],
];

/** What an event says that nothing caused: about the record named, or the first of its kind. */
export function anyPayload(state: SandboxState, type: string, recordId?: string): Payload {
	const kind = KIND_OF.find(([pattern]) => pattern.test(type))?.[1];
	if (kind !== undefined) return ofRecord(state, type, kind, recordId);
	const [locationId] = [SANDBOX.locationId];
	const [[contactId] = ['']] = state.contacts;
	return {
		type,
		...(OTHERS[type]?.(state, { locationId, contactId, recordId }) ?? {
			locationId,
			id: recordId ?? state.ids.next('event'),
		}),
	};
}

function ofRecord<K extends Kind>(
	state: SandboxState,
	type: string,
	kind: K,
	recordId?: string,
): Payload {
	const records = STORES[kind](state);
	const wanted =
		type === 'InboundMessage' || type === 'OutboundMessage'
			? type.replace('Message', '').toLowerCase()
			: undefined;
	const record =
		recordId === undefined
			? [...records.values()].find(
					(one) => wanted === undefined || ('direction' in one && one.direction === wanted),
				)
			: records.get(recordId);
	if (record === undefined) throw new Error(`No ${kind} ${recordId ?? 'at all'} to tell about`);
	return recordPayload(state, type, kind, record);
}

interface About {
	locationId: string;
	contactId: string;
	recordId: string | undefined;
}

const place = (locationId: string | undefined): Payload => ({
	appId: APP.id,
	companyId: SANDBOX.companyId,
	locationId,
});

/** INSTALL or UNINSTALL; the agency-level one has no location. */
export function installationPayload(
	state: SandboxState,
	{ locationId, isInstalled, ...how }: InstallationChange,
): Payload {
	if (!isInstalled) return { type: 'UNINSTALL', ...place(locationId) };
	return {
		type: 'INSTALL',
		...place(locationId),
		installType: locationId === undefined ? 'Company' : 'Location',
		...how,
		userId: [...state.users.keys()][0],
		planId: undefined,
		trial: {},
		isWhitelabelCompany: false,
		whitelabelDetails: {},
		companyName: 'Sandbox Agency',
	};
}

/** Events about other things than the watched records. */
const OTHERS: Record<string, (state: SandboxState, about: About) => Payload> = {
	CampaignStatusUpdate: (state, { locationId, contactId, recordId }) => ({
		locationId,
		id: recordId ?? [...state.marketingCampaigns.keys()][0],
		contactId,
		status: 'paused',
		templateId: state.ids.next('template'),
		replied: 'false',
		dateAdded: new Date().toISOString(),
	}),
	ConversationUnreadUpdate: (state, { locationId, contactId, recordId }) => {
		const [first] = state.conversations.values();
		const conversation = recordId === undefined ? first : state.conversations.get(recordId);
		return {
			locationId,
			id: conversation?.id,
			contactId: conversation?.contactId ?? contactId,
			deleted: false,
			inbox: true,
			starred: false,
			unreadCount: conversation?.unreadCount ?? 0,
		};
	},
	INSTALL: (state, { locationId, recordId }) =>
		installationPayload(state, {
			locationId: recordId ?? locationId,
			isInstalled: true,
			isBulkInstallation: false,
			installToFutureLocations: false,
			approveAllLocations: false,
		}),
	UNINSTALL: (_state, { locationId, recordId }) => place(recordId ?? locationId),
	PLAN_CHANGE: (state, about) => ({
		...place(about.locationId),
		userId: [...state.users.keys()][0],
		currentPlanId: state.ids.next('plan'),
		newPlanId: state.ids.next('plan'),
	}),
	...Object.fromEntries(
		['LocationCreate', 'LocationUpdate'].map((type) => [
			type,
			(state: SandboxState, { locationId, recordId }: About) => {
				const location = state.locations.get(recordId ?? locationId);
				return {
					id: location?.id,
					companyId: location?.companyId,
					name: location?.name,
					email: location?.email,
				};
			},
		]),
	),
	UserCreate: (state, { locationId, recordId }) => {
		const [first] = state.users.values();
		const user = recordId === undefined ? first : state.users.get(recordId);
		return {
			locationId,
			id: user?.id,
			firstName: user?.firstName,
			lastName: user?.lastName,
			email: user?.email,
			phone: user?.phone,
			extension: user?.extension,
			role: user?.roles.role,
			permissions: {},
		};
	},
};
