import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Field, Send } from '../operation';
import { toList } from '../values';

/** A parameter whose value goes to one place of the request. */
export function field(property: INodeProperties, send?: Send): Field {
	return { property, send };
}

/** A text of the body, under its own name unless `more` says otherwise. */
export function text(
	displayName: string,
	name: string,
	more: Partial<INodeProperties> & Partial<Pick<Send, 'in' | 'key'>> = {},
): Field {
	const { in: part = 'body', key = name, ...property } = more;
	return field({ displayName, name, type: 'string', default: '', ...property }, { in: part, key });
}

/** The entries of a list to choose from, from their names and values. */
export function asOptions(pairs: Array<[name: string, value: string]>): INodePropertyOptions[] {
	return pairs.map(([name, value]) => ({ name, value }));
}

/** A choice of the body; `options` are pairs of name and value. */
export function choice(
	displayName: string,
	name: string,
	options: Array<[name: string, value: string]>,
	more: Partial<INodeProperties> & Partial<Pick<Send, 'in' | 'key'>> = {},
): Field {
	const { in: part = 'body', key = name, default: initial = options[0][1], ...property } = more;
	return field(
		{
			displayName,
			name,
			type: 'options',
			options: asOptions(options),
			default: initial,
			...property,
		},
		{ in: part, key },
	);
}

/** A yes or no of the body that is sent once the person adds it. */
export function flag(
	displayName: string,
	name: string,
	description: string,
	more: Partial<Pick<Send, 'in' | 'key'>> = {},
): Field {
	const { in: part = 'body', key = name } = more;
	return field(
		{ displayName, name, type: 'boolean', default: true, description },
		{ in: part, key },
	);
}

/** A collection whose fields the person adds one by one; each is sent on its own. */
export function collection(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	children: Field[],
): Field {
	return { property: { ...property, type: 'collection', default: {} }, children };
}

/** A collection whose fields go together under one key of the body: `{ filters: { … } }`. */
export function group(
	property: Pick<INodeProperties, 'displayName' | 'name' | 'placeholder' | 'description'>,
	key: string,
	children: Field[],
): Field {
	return { ...collection(property, children), send: { in: 'body', key } };
}

/** The same parameter, which `{{ null }}` clears by another value than null. */
export function clearedBy(cleared: Send['cleared'], original: Field): Field {
	return { ...original, send: original.send && { ...original.send, cleared } };
}

/** The same parameter, which the person must fill in. */
export function required(original: Field): Field {
	return { ...original, property: { ...original.property, required: true } };
}

/** The same parameter, which the person may leave empty. */
export function optional(original: Field): Field {
	return { ...original, property: { ...original.property, required: undefined } };
}

/** Tags of the body, given as text with commas or as a list from an expression. */
export function tagsField(displayName: string, description: string): Field {
	return field(
		{
			displayName,
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. webinar, hot lead',
			description,
		},
		{ in: 'body', key: 'tags', as: toList },
	);
}
