/** The records HighLevel keeps, as the sandbox stores them. Dates are ISO strings. */

export interface CustomFieldValue {
	id: string;
	value: unknown;
}

export type Channel = 'Call' | 'Email' | 'SMS' | 'WhatsApp' | 'GMB' | 'FB';
export interface DndSetting {
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
