import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import { idFrom } from '../../../sandbox/ids';
import { table } from '../../examples/heyReach';
import { byId, columns } from '../../examples/values';

export interface Subject {
	kind: 'read' | 'list' | 'create' | 'update' | 'delete' | 'bulk';
	key: string;
	/** Read from the item. */
	parameters: INodeParameters;
	/** Five. */
	items: (sandbox: Sandbox) => IDataObject[];
	/** A text by which the call that is hit is known, and the items that it is for. */
	call: (sandbox: Sandbox) => string;
	hit: number[];
	/** Of a call for many records: a text by which the third item's record is known. */
	record: (sandbox: Sandbox) => string;
}

/** One call an item: the third one's is hit, known by its own text. */
function single(
	kind: Subject['kind'],
	key: string,
	parameters: INodeParameters,
	items: Subject['items'],
	text: keyof IDataObject,
	call = (sandbox: Sandbox) => String(items(sandbox)[2][text]),
): Subject {
	return { kind, key, parameters, items, call, hit: [2], record: call };
}

/** Items 0, 2 and 4 share a call that holds `red`, the two others one that holds `blue`. */
function bulk(
	key: string,
	parameters: INodeParameters,
	ids: (sandbox: Sandbox) => string[],
	[red, blue]: [red: string | number, blue: string | number],
): Subject {
	const items = (sandbox: Sandbox): IDataObject[] =>
		ids(sandbox).map((id, index) => ({ id, n: index, group: index % 2 ? blue : red }));
	return {
		kind: 'bulk',
		key,
		parameters,
		items,
		call: () => String(red),
		hit: [0, 2, 4],
		record: (sandbox) => ids(sandbox)[2],
	};
}

/** All five share one call. */
const oneCall = (subject: Subject): Subject => ({
	...subject,
	call: subject.record,
	hit: [0, 1, 2, 3, 4],
});

const five = <T>(map: Map<unknown, T>): T[] => [...map.values()].slice(0, 5);
const ofItem = byId('={{ $json.id }}');
const contacts = (sandbox: Sandbox) => five(sandbox.state.contacts).map(({ id }) => ({ id }));
const contactIds = (sandbox: Sandbox) => contacts(sandbox).map(({ id }) => id);
const numbered = (more: (n: number) => IDataObject) => () => [0, 1, 2, 3, 4].map(more);

export const ghlSubjects: Subject[] = [
	single('read', 'contact:get', { contactId: ofItem }, contacts, 'id'),
	// The third item's list has two pages, of which the second is hit.
	single(
		'list',
		'contact:list',
		{ textQuery: '={{ $json.text }}', returnAll: true },
		numbered((n) => ({ text: ['Ada', 'Bela', 'i', 'Chika', 'Dario'][n] })),
		'text',
		() => 'startAfter',
	),
	single(
		'create',
		'contact:create',
		{ contactFields: columns({ email: '={{ $json.email }}', firstName: 'New' }) },
		numbered((n) => ({ email: `new.person.${n}@example.com` })),
		'email',
	),
	single(
		'create',
		'contactNote:create',
		{ contactId: ofItem, body: '={{ $json.text }}' },
		(box) => contacts(box).map(({ id }, n) => ({ id, text: `Note no ${n}` })),
		'text',
	),
	single(
		'create',
		'message:send',
		{ type: 'SMS', contactId: ofItem, message: '={{ $json.text }}' },
		(box) => contacts(box).map(({ id }, n) => ({ id, text: `Message no ${n}` })),
		'text',
	),
	single(
		'update',
		'contact:update',
		{ contactId: ofItem, contactFields: columns({ city: '={{ $json.city }}' }) },
		(box) => contacts(box).map(({ id }, n) => ({ id, city: `City no ${n}` })),
		'id',
	),
	single(
		'delete',
		'contactTask:delete',
		{ contactId: byId('={{ $json.contactId }}'), taskId: '={{ $json.id }}' },
		({ state }) => five(state.tasks).map(({ id, contactId }) => ({ id, contactId })),
		'id',
	),
	bulk('contactTag:add', { contactId: ofItem, tags: '={{ $json.group }}' }, contactIds, [
		'red',
		'blue',
	]),
	bulk('contactTag:remove', { contactId: ofItem, tags: '={{ $json.group }}' }, contactIds, [
		'newsletter',
		'vip',
	]),
	bulk(
		'contact:setBusiness',
		{ contactId: ofItem, businessId: byId('={{ $json.group }}') },
		contactIds,
		[idFrom('business:seed:0'), idFrom('business:seed:1')],
	),
];

const leads = ({ state }: Sandbox) =>
	five(state.leads).map(({ profileUrl, linkedinId }) => ({ profileUrl, linkedinId }));
const profiles = (sandbox: Sandbox) => leads(sandbox).map(({ profileUrl }) => profileUrl);
const newcomers = () => [0, 1, 2, 3, 4].map((n) => `https://www.linkedin.com/in/newcomer-no-${n}/`);
const aLead = {
	leadFields: table({ profileUrl: '={{ $json.id }}', firstName: 'New', lastName: 'Lead' }),
};
const inGroup = byId('={{ $json.group }}');

const byHand = ({ state }: Sandbox): IDataObject[] =>
	[7001, 7002, 7003, 7004, 7005].map((id) => {
		state.webhooks.set(id, {
			id,
			webhookName: `By hand ${id}`,
			webhookUrl: `https://n8n.example.com/webhook/${id}`,
			eventType: 'FOLLOW_SENT',
			campaignIds: [],
			customHeaders: {},
			isActive: true,
		});
		return { id, name: `Renamed ${id}` };
	});

/** The third item's list has two pages. */
const manyLists = ({ state }: Sandbox): IDataObject[] => {
	for (let id = 7101; id <= 7220; id++) {
		state.lists.set(id, {
			id,
			name: `Many ${id}`,
			listType: 'USER_LIST',
			creationTime: '2026-01-01T00:00:00.000Z',
			members: [],
		});
	}
	return ['7101', '7102', 'Many', '7104', '7105'].map((text) => ({ text }));
};

export const heyReachSubjects: Subject[] = [
	single('read', 'lead:get', { profileUrl: '={{ $json.profileUrl }}' }, leads, 'profileUrl'),
	single(
		'list',
		'list:getMany',
		{ filters: { keyword: '={{ $json.text }}' }, returnAll: true },
		manyLists,
		'text',
		() => '"offset":100',
	),
	single(
		'create',
		'list:create',
		{ listName: '={{ $json.name }}' },
		numbered((n) => ({ name: `New list no ${n}` })),
		'name',
	),
	single(
		'create',
		'emailEnrichment:start',
		{ requestBody: '={{ JSON.stringify({ profileUrl: $json.profileUrl }) }}' },
		leads,
		'profileUrl',
	),
	single(
		'update',
		'webhook:update',
		{ webhookId: ofItem, updateFields: { webhookName: '={{ $json.name }}' } },
		byHand,
		'name',
	),
	single('delete', 'webhook:delete', { webhookId: ofItem }, byHand, 'id'),
	bulk('list:addLead', { listId: inGroup, ...aLead }, newcomers, [2001, 2002]),
	bulk('campaign:addLead', { campaignId: inGroup, ...aLead }, newcomers, [1001, 1002]),
	bulk(
		'list:removeLead',
		{ listId: inGroup, profileUrl: '={{ $json.id }}' },
		profiles,
		[2001, 2002],
	),
	bulk(
		'list:removeLeadById',
		{ listId: inGroup, linkedInId: '={{ $json.id }}' },
		(sandbox) => leads(sandbox).map(({ linkedinId }) => linkedinId),
		[2001, 2002],
	),
	oneCall(bulk('leadTag:create', { tagName: '={{ $json.id }}' }, () => namesOf('Tag'), [0, 0])),
	oneCall(bulk('blacklist:addLead', { blacklistLead: '={{ $json.id }}' }, profiles, [0, 0])),
];

const namesOf = (what: string) => [0, 1, 2, 3, 4].map((n) => `${what} no ${n}`);
