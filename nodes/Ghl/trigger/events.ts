import type { INodePropertyOptions } from 'n8n-workflow';

/** One event of HighLevel's marketplace webhooks. */
export interface GhlEvent {
	/** As deliveries carry it in `type`. */
	value: string;
	name: string;
	description: string;
	/**
	 * The scope that the marketplace app needs. HighLevel's list of scopes does not name some events
	 * (appointments, invoices, orders, products, users ...): their scope is the one that reads the record.
	 */
	scope: string | null;
}

type Row = [value: string, name: string, description: string];

const withScope = (scope: string | null, rows: Row[]): GhlEvent[] =>
	rows.map(([value, name, description]) => ({ value, name, description, scope }));

/**
 * The 58 documented events, by scope (docs/apis/highlevel.md#webhooks). The name is that of the
 * deliveries. The page of the event has another name in two cases (INSTALL, ConversationUnreadUpdate).
 */
export const ghlEvents: GhlEvent[] = [
	...withScope('contacts.readonly', [
		['ContactCreate', 'Contact Created', 'A contact was created'],
		['ContactDelete', 'Contact Deleted', 'A contact was deleted'],
		['ContactDndUpdate', 'Contact DND Updated', 'The Do Not Disturb settings of a contact changed'],
		['ContactTagUpdate', 'Contact Tags Updated', 'Tags were added to or removed from a contact'],
		['ContactUpdate', 'Contact Updated', 'Fields of a contact changed'],
		['NoteCreate', 'Note Created', 'A note was added to a contact'],
		['NoteDelete', 'Note Deleted', 'A note of a contact was deleted'],
		['NoteUpdate', 'Note Updated', 'A note of a contact changed'],
		['TaskComplete', 'Task Completed', 'A task was marked as done'],
		['TaskCreate', 'Task Created', 'A task was added to a contact'],
		['TaskDelete', 'Task Deleted', 'A task was deleted'],
	]),
	...withScope('calendars/events.readonly', [
		['AppointmentCreate', 'Appointment Created', 'An appointment was booked'],
		['AppointmentDelete', 'Appointment Deleted', 'An appointment was deleted'],
		[
			'AppointmentUpdate',
			'Appointment Updated',
			'An appointment changed, such as its time or status',
		],
	]),
	...withScope('opportunities.readonly', [
		['OpportunityAssignedToUpdate', 'Opportunity Assigned', 'Another user got an opportunity'],
		['OpportunityCreate', 'Opportunity Created', 'An opportunity was created'],
		['OpportunityDelete', 'Opportunity Deleted', 'An opportunity was deleted'],
		[
			'OpportunityMonetaryValueUpdate',
			'Opportunity Value Updated',
			'The monetary value of an opportunity changed',
		],
		[
			'OpportunityStageUpdate',
			'Opportunity Stage Updated',
			'An opportunity moved to another stage',
		],
		[
			'OpportunityStatusUpdate',
			'Opportunity Status Updated',
			'An opportunity was won, lost, abandoned or opened again',
		],
		['OpportunityUpdate', 'Opportunity Updated', 'Fields of an opportunity changed'],
	]),
	...withScope('campaigns.readonly', [
		[
			'CampaignStatusUpdate',
			'Campaign Status Updated',
			'The status of a contact in a campaign changed',
		],
	]),
	...withScope('conversations/message.readonly', [
		['InboundMessage', 'Message Received', 'A contact sent a message: SMS, email, call, chat …'],
		['OutboundMessage', 'Message Sent', 'A message was sent to a contact'],
	]),
	...withScope('conversations/message.write', [
		[
			'ProviderOutboundMessage',
			'Provider Message to Send',
			'A message must be sent through the conversation provider of the app',
		],
	]),
	...withScope('conversations.readonly', [
		[
			'ConversationUnreadUpdate',
			'Conversation Unread Updated',
			'The number of unread messages of a conversation changed',
		],
	]),
	...withScope('locations.readonly', [
		[
			'LocationCreate',
			'Location Created',
			'A location (sub-account) was created; agency apps only',
		],
		['LocationUpdate', 'Location Updated', 'A location (sub-account) changed; agency apps only'],
	]),
	...withScope('users.readonly', [['UserCreate', 'User Created', 'A user was created']]),
	...withScope(null, [
		['INSTALL', 'App Installed', 'The app was installed; sent to its default webhook URL only'],
		['PLAN_CHANGE', 'App Plan Changed', 'The plan of an installed app changed'],
		['UNINSTALL', 'App Uninstalled', 'The app was removed; sent to its default webhook URL only'],
	]),
	...withScope('associations.readonly', [
		['AssociationCreate', 'Association Created', 'A kind of link between objects was created'],
		['AssociationDelete', 'Association Deleted', 'A kind of link between objects was deleted'],
		['AssociationUpdate', 'Association Updated', 'A kind of link between objects changed'],
	]),
	...withScope('associations/relation.readonly', [
		['RelationCreate', 'Relation Created', 'Two records were linked'],
		['RelationDelete', 'Relation Deleted', 'The link between two records was removed'],
	]),
	...withScope('objects/record.readonly', [
		['RecordCreate', 'Object Record Created', 'A record of a custom object was created'],
		['RecordDelete', 'Object Record Deleted', 'A record of a custom object was deleted'],
		['RecordUpdate', 'Object Record Updated', 'A record of a custom object changed'],
	]),
	...withScope('objects/schema.readonly', [
		['ObjectSchemaCreate', 'Object Schema Created', 'A custom object was defined'],
		['ObjectSchemaUpdate', 'Object Schema Updated', 'The definition of a custom object changed'],
	]),
	...withScope('invoices.readonly', [
		['InvoiceCreate', 'Invoice Created', 'An invoice was created'],
		['InvoiceDelete', 'Invoice Deleted', 'An invoice was deleted'],
		['InvoicePaid', 'Invoice Paid', 'An invoice was paid in full'],
		['InvoicePartiallyPaid', 'Invoice Partially Paid', 'A part of an invoice was paid'],
		['InvoiceSent', 'Invoice Sent', 'An invoice was sent'],
		['InvoiceUpdate', 'Invoice Updated', 'An invoice changed'],
		['InvoiceVoid', 'Invoice Voided', 'An invoice was made void'],
	]),
	...withScope('payments/orders.readonly', [
		['OrderCreate', 'Order Created', 'An order was placed'],
		['OrderStatusUpdate', 'Order Status Updated', 'The status of an order changed'],
	]),
	...withScope('products.readonly', [
		['ProductCreate', 'Product Created', 'A product was created'],
		['ProductDelete', 'Product Deleted', 'A product was deleted'],
		['ProductUpdate', 'Product Updated', 'A product changed'],
	]),
	...withScope('products/prices.readonly', [
		['PriceCreate', 'Price Created', 'A price of a product was created'],
		['PriceDelete', 'Price Deleted', 'A price of a product was deleted'],
		['PriceUpdate', 'Price Updated', 'A price of a product changed'],
	]),
	...withScope('lc-email.readonly', [
		['LCEmailStats', 'Email Statistics', 'An email was delivered, opened, clicked, bounced …'],
	]),
].sort((a, b) => a.name.localeCompare(b.name));

/** The events for the list in the node. Each names its scope: an app without it gets no such event. */
export const eventOptions: INodePropertyOptions[] = ghlEvents.map(
	({ value, name, description, scope }) => ({
		name,
		value,
		description: scope === null ? description : `${description}. Scope: ${scope}.`,
	}),
);

const DOCUMENTED = new Set(ghlEvents.map(({ value }) => value.toLowerCase()));

export function isDocumentedEvent(event: string): boolean {
	return DOCUMENTED.has(event.toLowerCase());
}
