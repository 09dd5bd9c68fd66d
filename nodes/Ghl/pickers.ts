import type { INodePropertyMode } from 'n8n-workflow';
import { byId, byUrl, fromList, locator, mode } from '../engine/locator';
import type { Field, Send } from '../engine/operation';

/** How the parts of an address in the HighLevel app name a contact: …/contacts/detail/<id>. */
const CONTACT_URL = '/contacts/detail/([A-Za-z0-9]+)';

/** The contact that an operation is about. */
export function contactPicker(place: Send['in']): Field {
	return {
		property: locator(
			'Contact',
			'contactId',
			[
				fromList('searchContacts'),
				byUrl(
					CONTACT_URL,
					'https://app.gohighlevel.com/v2/location/…/contacts/detail/…',
					'Open the contact in HighLevel and copy the address from there',
				),
				byId('ocQHyuzHvysMo5N5VsXc'),
			],
			{ required: true },
		),
		send: { in: place, key: 'contactId' },
	};
}

export const contactId = contactPicker('path');

/** A user of the location. */
export function userPicker(displayName: string, name: string, key: string): Field {
	return {
		property: locator(displayName, name, [fromList('searchUsers'), byId('0IHuJvc2ofPAAA8GzTRi')]),
		send: { in: 'body', key },
	};
}

export function calendarPicker(place: Send['in'], required = true): Field {
	const modes = [fromList('searchCalendars'), byId('CVokAlI8fgw4WYWoCtQz')];
	return {
		property: locator('Calendar', 'calendarId', modes, required ? { required } : {}),
		send: { in: place, key: 'calendarId' },
	};
}

export const businessPicker: Field = {
	property: locator(
		'Business',
		'businessId',
		[fromList('searchBusinesses'), byId('63771dcac1116f0e21de8e12')],
		{ required: true },
	),
	send: { in: 'path', key: 'businessId' },
};

/** The modes of a picker for a custom field; a template names it by its name. */
export const customFieldModes: INodePropertyMode[] = [
	fromList('searchCustomFields'),
	mode('By Name or Key', 'name', { placeholder: 'e.g. LinkedIn profile' }),
	byId('3sv6UEo51C9Bmpo1cKTq'),
];
