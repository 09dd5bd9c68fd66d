import type { IDataObject } from 'n8n-workflow';

export function leadUpdateOf(
	lead: { linkedinId: string; profileUrl: string; position: string },
	more: IDataObject = {},
): IDataObject {
	return {
		action: 'update',
		side: 'B',
		id: lead.linkedinId,
		name: 'Somebody',
		keys: { linkedIn: [lead.profileUrl] },
		set: { position: 'Changed', first_topic: 'golf' },
		expect: { position: lead.position, first_topic: null },
		addTags: ['li-new'],
		removeTags: ['li-old'],
		lookUpFirst: false,
		opKey: 'example',
		...more,
	};
}

export function updateOf(
	contact: { id: string; firstName?: string },
	more: IDataObject = {},
): IDataObject {
	return {
		action: 'update',
		side: 'A',
		id: contact.id,
		name: 'Somebody',
		keys: {},
		set: { firstName: 'Changed', 'Job title': 'Head of Sales' },
		expect: { firstName: contact.firstName ?? null },
		addTags: ['li-new'],
		removeTags: ['li-old'],
		lookUpFirst: false,
		opKey: 'example',
		...more,
	};
}
