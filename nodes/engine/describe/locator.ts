import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import type { Field } from '../operation';
import { parameter, type More } from './fields';

/** One way to name a record in a picker (n8n's resource locator). */
export function mode(
	displayName: string,
	name: string,
	more: Omit<Partial<INodePropertyMode>, 'type'>,
	type: INodePropertyMode['type'] = 'string',
): INodePropertyMode {
	return { ...more, displayName, name, type };
}

/** From a list; the node's method of that name searches it. */
export const fromList = (searchListMethod: string) =>
	mode('From List', 'list', { typeOptions: { searchListMethod, searchable: true } }, 'list');

export const byId = (example: string) => mode('By ID', 'id', { placeholder: `e.g. ${example}` });

/** By an address in the service's app. The group of `pattern` is the ID. */
export const byUrl = (pattern: string, example: string, errorMessage: string) =>
	mode('By URL', 'url', {
		placeholder: `e.g. ${example}`,
		extractValue: { type: 'regex', regex: pattern },
		validation: [{ type: 'regex', properties: { regex: `.*${pattern}.*`, errorMessage } }],
	});

/** A picker. It starts in its first mode. */
export function locator(
	displayName: string,
	name: string,
	modes: INodePropertyMode[],
	more: Partial<INodeProperties> = {},
): INodeProperties {
	const [first] = modes;
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: first.name, value: '' },
		modes,
		...more,
	};
}

/** A picker as a field; its value goes into the body unless `more` says otherwise. */
export const picker = (
	displayName: string,
	name: string,
	modes: INodePropertyMode[],
	more: More = {},
): Field =>
	parameter('resourceLocator', { mode: modes[0].name, value: '' }, displayName, name, {
		modes,
		...more,
	});

/** The usual two ways to name a record. */
export const listOrId = (searchListMethod: string, example: string): INodePropertyMode[] => [
	fromList(searchListMethod),
	byId(example),
];
