import type { Example } from './values';

/** The location: its fields, values, tags, users and lists. */
export const ghlLocationExamples: Record<string, Example> = {
	'customField:create': () => ({
		fieldName: 'Favourite colour',
		dataType: 'TEXT',
		model: 'contact',
		additionalFields: { placeholder: 'e.g. green', position: 3 },
	}),
	'customField:getMany': () => ({ modelFilter: 'all' }),
};
