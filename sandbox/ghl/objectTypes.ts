/** Custom objects, their records and how these are related. Dates are ISO strings. */

export interface ObjectField {
	id: string;
	locationId: string;
	name: string;
	objectKey: string;
	dataType: string;
	parentId: string;
	fieldKey: string;
	showInForms: boolean;
	options?: Array<{ key: string; label: string }>;
	dateAdded: string;
	dateUpdated: string;
}

export interface CustomObject {
	id: string;
	standard: boolean;
	key: string;
	labels: { singular: string; plural: string };
	description: string;
	locationId: string;
	primaryDisplayProperty: string;
	dateAdded: string;
	dateUpdated: string;
	/** Not part of an answer. */
	searchableProperties: string[];
	fields: ObjectField[];
}

export interface ObjectRecord {
	id: string;
	locationId: string;
	objectId: string;
	objectKey: string;
	owner: string[];
	followers: string[];
	properties: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

export interface Association {
	id: string;
	locationId: string;
	key: string;
	firstObjectLabel: string;
	firstObjectKey: string;
	secondObjectLabel: string;
	secondObjectKey: string;
	associationType: 'USER_DEFINED' | 'SYSTEM_DEFINED';
}

export interface Relation {
	id: string;
	locationId: string;
	associationId: string;
	firstObjectKey: string;
	firstRecordId: string;
	secondObjectKey: string;
	secondRecordId: string;
}
