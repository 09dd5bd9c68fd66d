import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../call/errors';
import type { Call, Field, Operation } from '../operation';

/** A method and a path as the API's documentation writes them: `PUT /contacts/{contactId}/notes/{id}`. */
export type Route = `${'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT'} /${string}`;

/** What is said of an operation. The parts that are left out follow from the others. */
export interface Parts
	extends Partial<Omit<Operation, 'request' | 'scope'>>,
		Partial<Pick<Operation['request'], 'query' | 'body' | 'repeatable'>> {
	/** The scope without its ending, `contacts`: a read needs `contacts.readonly`, a write `contacts.write`. */
	scope?: string;
}

/**
 * One operation. Its name is its value in words (`removeAll`: Remove All). It writes unless its
 * method is GET or `writes` is false. A read by POST may be sent twice.
 */
export function operation(
	route: Route,
	parts: Parts & Pick<Operation, 'value' | 'action' | 'description'>,
): Operation {
	const [method, path] = route.split(' ') as ['GET', string];
	const { query, body, repeatable, scope, writes = method !== 'GET', ...others } = parts;
	const isReadByPost = method !== 'GET' && !writes ? true : undefined;
	return {
		name: titleCase(parts.value),
		fields: [],
		...others,
		request: { method, path, query, body, repeatable: repeatable ?? isReadByPost },
		scope: scope && `${scope}.${writes ? 'write' : 'readonly'}`,
		writes,
	};
}

/** `getMany` as `Get Many`. */
const titleCase = (value: string): string =>
	value[0].toUpperCase() + value.slice(1).replace(/[A-Z]/g, ' $&');

/** What the operations on one kind of record have in common. */
interface Kind extends Pick<Parts, 'scope' | 'result' | 'pages' | 'simple'> {
	article?: 'a' | 'an' | 'the';
	/** The noun and an s, unless given. */
	plural?: string;
	/** Where the records are, for the sentences of the reads: `a contact`, `the location`. */
	of?: string;
	/** The path of one record. */
	path?: string;
	/** The path of all records: that of one record without its id, unless given. */
	listPath?: string;
	/** Fields of every operation: the record that these records belong to. */
	parent?: Field[];
	/** The field that names the record, for Delete, Get and Update. */
	id?: Field;
}

type Routed = Parts & { route?: Route };

/** Each operation brings a route of its own where the kind of record has no path. */
type Given<K extends Kind> = K extends { path: string }
	? [parts?: Routed]
	: [parts: Routed & { route: Route }];

/**
 * The operations on one kind of record. `verbs('note', { … }).delete()` is a whole operation: value,
 * name, action, route, scope and description follow from the verb and the noun, and each of them
 * can be given instead. `result` is that of single records, `pages` that of Get Many, `simple` that
 * of all reads.
 */
export function verbs<K extends Kind>(noun: string, kind: K) {
	const { article = 'a', plural = `${noun}s`, of, path = '', scope, result, pages, simple } = kind;
	const { listPath = path.replace(/\/\{\w+\}$/, ''), parent = [], id } = kind;
	const one = `${article} ${noun}`;
	const ofParent = of ? ` of ${of}` : '';
	const named = [...parent, ...(id ? [id] : [])];

	/** `given` takes the place of what follows from the verb, except that its fields are added. */
	function made(route: string, usual: Routed & { value: string }, given: Routed = {}): Operation {
		const { route: other, ...parts } = given;
		const { value } = usual;
		return operation(other ?? (route as Route), {
			action: `${titleCase(value)} ${one}`,
			description: '',
			scope,
			...usual,
			...parts,
			value: parts.value ?? value,
			fields: [...(usual.fields ?? parent), ...(parts.fields ?? [])],
		});
	}

	return {
		create: (...[given]: Given<K>) =>
			made(`POST ${listPath}`, { value: 'create', description: `Create ${one}`, result }, given),
		delete: (...[given]: Given<K>) =>
			made(
				`DELETE ${path}`,
				{
					value: 'delete',
					description: `Delete ${one} for good`,
					fields: named,
					finish: deleted,
				},
				given,
			),
		get: (...[given]: Given<K>) =>
			made(
				`GET ${path}`,
				{
					value: 'get',
					description: of ? `Get one ${noun}${ofParent}` : `Get one ${noun} by its ID`,
					writes: false,
					fields: named,
					result,
					simple,
				},
				given,
			),
		getMany: (...[given]: Given<K>) =>
			made(
				`GET ${listPath}`,
				{
					value: 'getMany',
					action: `Get many ${plural}`,
					description: `Get the ${plural}${ofParent}`,
					writes: false,
					pages,
					simple,
				},
				given,
			),
		/** An update of single fields is refused if it sets none of them. */
		update: (...[given]: Given<K>) =>
			made(
				`PUT ${path}`,
				{
					value: 'update',
					description: `Change some parts of ${one}; the others stay as they are`,
					fields: named,
					check: given?.fields?.some(isUpdateFields) ? needsAChange(given.body) : undefined,
					result,
				},
				given,
			),
		/** Any other operation on the record, such as Complete: its value and its noun are its action. */
		other: (route: Route, given: Parts & Pick<Operation, 'value' | 'description'>) =>
			made(route, { value: given.value, result: given.pages ? undefined : result }, given),
	};
}

/** What n8n's guidelines ask of every delete. */
const deleted = (): IDataObject => ({ deleted: true });

const isUpdateFields = ({ property }: Field) => property.name === 'updateFields';

/** Refuses a call that sets nothing beside the fixed parts of its body. */
const needsAChange =
	(fixed: IDataObject = {}) =>
	({ body = {} }: Call) => {
		if (Object.keys(body).some((key) => !(key in fixed))) return;
		throw new BadInput(
			'There is nothing to update',
			'Add at least one field, or check that the expressions find values in this item.',
		);
	};
