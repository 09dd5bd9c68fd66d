import type { IDataObject } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';
import type { Lead } from '../../sandbox/heyreach/records';
import { leadUpdateOf } from '../examples/planItems';

export const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

export const addressOf = (number: number) => `https://www.linkedin.com/in/somebody-${number}/`;

/** A lead that HeyReach knows, in no list; every 50th is not looked up yet. */
export function addLead(sandbox: Sandbox, number: number, more: Partial<Lead> = {}): Lead {
	const [example] = sandbox.state.leads.values();
	const lead: Lead = {
		...structuredClone(example),
		linkedinId: number % 50 === 0 ? `imp_many_${number}` : String(500_000_000 + number),
		profileUrl: addressOf(number),
		firstName: `First${number}`,
		lastName: `Last${number}`,
		position: 'Before',
		tags: [],
		customFields: [],
		...more,
	};
	sandbox.state.leads.set(lead.linkedinId, lead);
	return lead;
}

/** Puts leads into a list, which is made. */
export function fillList(sandbox: Sandbox, listId: number, leads: readonly Lead[]): void {
	const addedAt = '2026-01-01T00:00:00.000Z';
	sandbox.state.lists.set(listId, {
		...{ id: listId, name: `List ${listId}`, listType: 'USER_LIST', creationTime: addedAt },
		members: leads.map(({ linkedinId }) => ({ linkedinId, addedAt })),
	});
}

/** The create of a lead, as Plan makes it for a contact. */
export const leadCreate = (number: number, more: IDataObject = {}): IDataObject =>
	leadUpdateOf(
		{ linkedinId: '', profileUrl: addressOf(number), position: '' },
		{
			action: 'create',
			set: {
				profileUrl: addressOf(number),
				firstName: `First${number}`,
				lastName: `Last${number}`,
				position: `Position ${number}`,
				first_topic: `topic ${number}`,
			},
			expect: {},
			addTags: [],
			removeTags: [],
			opKey: `create ${number}`,
			...more,
		},
	);

/** The update of two fields of a lead. */
export const leadUpdate = (lead: Lead, number: number, more: IDataObject = {}): IDataObject =>
	leadUpdateOf(lead, {
		set: { position: `Position ${number}`, first_topic: `topic ${number}` },
		addTags: [],
		removeTags: [],
		opKey: `update ${number}`,
		...more,
	});
