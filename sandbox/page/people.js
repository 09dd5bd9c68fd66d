import { chips, el, isFresh, row, soft, table, time } from './dom.js';

function tasksAndNotes(state, id) {
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
		...state.notes.filter(isHere).map(({ body }) => soft(body)),
	];
}

export function contactsView({ state }) {
	const fields = new Map(state.customFields.map((field) => [field.id, field.name]));
	const places = new Map(state.locations.map(({ id, name }) => [id, name]));
	const rows = state.contacts.map((contact) => {
		const values = contact.customFields.map(({ id, value }) =>
			soft(`${fields.get(id) ?? id}: ${[value].flat().join(', ')}`),
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
				el('div', {}, contact.email, soft(contact.phone)),
				chips([...contact.tags, ...(contact.dnd ? ['DND'] : [])]),
				el('div', { class: 'wide' }, ...values),
				el('div', {}, ...tasksAndNotes(state, contact.id)),
				soft(time(contact.dateUpdated)),
			],
			isFresh(contact.dateUpdated),
		);
	});
	return table(
		[
			'Contact',
			'Location',
			'E-mail and phone',
			'Tags',
			'Custom fields',
			'Tasks and notes',
			'Updated',
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
		['Lead', 'LinkedIn', 'E-mail', 'Work and custom fields', 'Campaigns and tags', ''],
		rows,
		'No lead matches.',
	);
}
