import { chips, el, isFresh, row, soft, table, time } from './dom.js';

/** What the buttons of a contact are called, what each does, and where its text is typed. */
const ACTS = [
	{ act: 'reply', label: 'Reply', input: 'reply' },
	{ act: 'tag', label: 'Add tag', input: 'tag' },
	{ act: 'appointment', label: 'Book' },
	{ act: 'task', label: 'Create task' },
];

const MESSAGES = 2;

function activity(state, id) {
	const isHere = ({ contactId }) => contactId === id;
	return [
		...state.tasks
			.filter(isHere)
			.map(({ title, dueDate, completed }) =>
				el(
					'div',
					{ class: completed ? 'soft' : Date.parse(dueDate) < Date.now() ? 'bad' : '' },
					`${completed ? '☑' : '☐'} ${title}, ${completed ? 'done' : `due ${time(dueDate)}`}`,
				),
			),
		...state.appointments
			.filter(isHere)
			.map(({ title, startTime }) => el('div', {}, `${title}, ${time(startTime)}`)),
		...state.messages
			.filter(isHere)
			.slice(-MESSAGES)
			.map(({ body, direction }) =>
				el('div', {}, `${direction === 'inbound' ? 'Reply' : 'Message'}: “${body}”`),
			),
		...state.notes.filter(isHere).map(({ body }) => soft(body)),
	];
}

/** When something about the contact was last changed or added. */
function changedAt(state, { id, dateUpdated }) {
	const added = [...state.appointments, ...state.messages]
		.filter(({ contactId }) => contactId === id)
		.map(({ dateAdded }) => dateAdded);
	return [dateUpdated, ...added].sort().at(-1);
}

export function contactsView({ state, act }) {
	const fields = new Map(state.customFields.map((field) => [field.id, field.name]));
	const places = new Map(state.locations.map(({ id, name }) => [id, name]));
	const rows = state.contacts.map((contact) => {
		const values = contact.customFields.map(({ id, value }) =>
			soft(`${fields.get(id) ?? id}: ${[value].flat().join(', ').replace('https://www.', '')}`),
		);
		return row(
			[
				el(
					'div',
					{},
					[contact.firstName, contact.lastName].filter(Boolean).join(' ') || '(no name)',
					soft(contact.companyName),
				),
				places.get(contact.locationId),
				el('div', { class: 'wide email' }, contact.email, soft(contact.phone)),
				chips([...contact.tags, ...(contact.dnd ? ['DND'] : [])], contact.tagsAddedAt),
				el('div', { class: 'wide fields' }, ...values),
				el('div', { class: 'wide activity' }, ...activity(state, contact.id)),
				soft(time(contact.dateUpdated)),
				el(
					'div',
					{ class: 'acts' },
					...ACTS.map((one) => el('button', { onclick: () => act(contact, one) }, one.label)),
				),
			],
			isFresh(changedAt(state, contact)),
		);
	});
	return table(
		[
			'Contact',
			'Location',
			'E-mail and phone',
			'Tags',
			'Custom fields',
			'Tasks, messages and notes',
			'Updated',
			'',
		],
		rows,
		'No contact matches.',
	);
}

/** What a reconciliation compares stands beside each other: identity, e-mail, work, custom fields, tags. */
export function leadsView({ state, sendEvent }) {
	const names = new Map(state.campaigns.map(({ id, name }) => [id, name]));
	const rows = state.leads.map((lead) =>
		row([
			el('div', {}, `${lead.firstName} ${lead.lastName}`, soft(lead.location)),
			el('div', { class: 'wide' }, lead.profileUrl, soft(`id ${lead.linkedin_id}`)),
			el(
				'div',
				{},
				lead.emailAddress ?? soft('no e-mail'),
				lead.enrichedEmailAddress ? soft(`found: ${lead.enrichedEmailAddress}`) : '',
			),
			el(
				'div',
				{},
				lead.position,
				soft(lead.companyName),
				...lead.customFields.map(({ name, value }) => soft(`${name}: ${value}`)),
			),
			el('div', {}, ...lead.lists.map((name) => el('div', {}, name))),
			el(
				'div',
				{},
				...lead.campaigns.map(({ id, status, connection, message }) =>
					el(
						'div',
						{},
						names.get(id) ?? String(id),
						soft([status, connection, message].filter((step) => step !== 'None').join(', ')),
					),
				),
				chips([...lead.tags, ...lead.autoTags.map(({ name }) => name)]),
			),
			el('button', { onclick: () => sendEvent(lead) }, 'Send event'),
		]),
	);
	return table(
		['Lead', 'LinkedIn', 'E-mail', 'Work and custom fields', 'Lists', 'Campaigns and tags', ''],
		rows,
		'No lead matches.',
	);
}
