import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../badInput';
import { splitRoute } from '../call/callTo';
import type { Call, Field, Operation, Route } from '../operation';

/** What is said of an operation. The parts that are left out follow from the others. */
export interface Parts
	extends Partial<Omit<Operation, 'request' | 'scope'>>,
		Partial<Pick<Operation['request'], 'query' | 'body' | 'repeatable' | 'version'>> {
	/** The scope without its ending, `contacts`: a read needs `contacts.readonly`, a write `contacts.write`. */
	scope?: string;
}

/** The parts of an operation that stands for itself. */
export type Told = Parts & Pick<Operation, 'value' | 'action' | 'description'>;

/**
 * One operation. Its name is its value in words (`removeAll`: Remove All). It writes unless its
 * method is GET or `writes` is false. A read by POST may be sent twice.
 */
export function operation(route: Route, parts: Told): Operation {
	const [method, path] = splitRoute(route);
	const { query, body, repeatable, version, scope, writes = method !== 'GET', ...others } = parts;
	const isReadByPost = method !== 'GET' && !writes ? true : undefined;
	return {
		name: titleCase(parts.value),
		fields: [],
		...others,
		request: { method, path, query, body, repeatable: repeatable ?? isReadByPost, version },
		scope: scope && `${scope}.${writes ? 'write' : 'readonly'}`,
		writes,
	};
}

/** `getMany` as `Get Many`. */
const titleCase = (value: string): string =>
	value[0].toUpperCase() + value.slice(1).replace(/[A-Z]/g, ' $&');

const sentenceCase = (name: string): string => name[0] + name.slice(1).toLowerCase();

/** What the operations on one kind of record have in common. */
interface Kind extends Pick<Parts, 'scope'> {
	article?: 'a' | 'an' | 'the';
	/** The noun and an s, unless given. */
	plural?: string;
	/** Where the records are, for the sentences of the reads: `a contact`, `the location`. */
	of?: string;
	/** The path of one record. */
	path?: Path;
	/** The path of all records: that of one record without its id, unless given. */
	listPath?: Path;
	/** Fields of every operation: the record that these records belong to. */
	parent?: Field[];
	/** The field that names the record, for Delete, Get and Update. */
	id?: Field;
	/** The key of the answer that holds a single record. */
	result?: string;
	/** What all reads have. */
	reads?: Parts;
}

type Path = `/${string}`;

type Routed = Parts & { route?: Route };

/** Each operation brings a route of its own where the kind of record has no path. */
type Given<K extends Kind> = K extends { path: Path }
	? [parts?: Routed]
	: [parts: Routed & { route: Route }];

/**
 * The operations on one kind of record. `verbs('note', { … }).delete()` is a whole operation: value,
 * name, action, route, scope and description follow from the verb and the noun. Each of them can be
 * given instead; `fields` are added to those of the record.
 */
export function verbs<K extends Kind>(noun: string, kind: K) {
	const { article = 'a', plural = `${noun}s`, of, path = '/', result, scope, reads } = kind;
	const { listPath = path.replace(/\/\{\w+\}$/, '') as Path, parent = [], id } = kind;
	const one = `${article} ${noun}`;
	const inParent = of ? ` of ${of}` : '';
	const record = id ? [...parent, id] : parent;

	/** `given` stands before what follows from the verb; its fields stand behind those of the record. */
	function made(
		usual: Routed & Pick<Operation, 'value' | 'description'>,
		given: Routed = {},
		own = parent,
	): Operation {
		const { route, fields = [], ...parts } = { ...usual, ...given };
		const isRead = parts.writes === false || splitRoute(route as Route)[0] === 'GET';
		return operation(route as Route, {
			action: `${sentenceCase(parts.name ?? titleCase(parts.value))} ${one}`,
			scope,
			...(isRead && reads),
			...parts,
			fields: [...own, ...fields],
		});
	}

	return {
		create: (...[given]: Given<K>) =>
			made(
				{
					route: `POST ${listPath}`,
					value: 'create',
					description: `Create ${one} and return it`,
					result,
				},
				given,
			),
		delete: (...[given]: Given<K>) => {
			const description = `Delete ${one} permanently`;
			const usual = { route: `DELETE ${path}`, value: 'delete', description } as const;
			return made({ ...usual, finish: deleted }, given, record);
		},
		get: (...[given]: Given<K>) => {
			const description = `Get one ${noun}${inParent || ' by its ID'}`;
			const usual = { route: `GET ${path}`, value: 'get', description } as const;
			return made({ ...usual, writes: false, result }, given, record);
		},
		getMany: (...[given]: Given<K>) => {
			const description = `Get the ${plural}${inParent}`;
			const usual = { route: `GET ${listPath}`, value: 'getMany', description } as const;
			return made({ ...usual, writes: false, action: `Get many ${plural}` }, given);
		},
		/** An update with Update Fields is refused where it sets none of them. */
		update: (...[given]: Given<K>) => {
			const description = `Change fields of ${one} and return it; fields you leave out keep their values`;
			const usual = { route: `PUT ${path}`, value: 'update', description, result } as const;
			const check = given?.fields?.some(isUpdateFields) ? needsAChange(given.body) : undefined;
			return made({ ...usual, check }, given, record);
		},
		/** Any other operation, such as Complete. */
		other: (route: Route, given: Parts & Pick<Operation, 'value' | 'description'>) =>
			made({ route, result: given.pages ? undefined : result, ...given }),
	};
}

/** What n8n's guidelines ask of every delete. */
const deleted = (): IDataObject => ({ deleted: true });

const isUpdateFields = ({ property }: Field) => property.name === 'updateFields';

/** Refuses a call that sets nothing beside the fixed parts of its body. */
export const needsAChange =
	(fixed: IDataObject = {}) =>
	({ body = {} }: Call) => {
		if (Object.keys(body).some((key) => !(key in fixed))) return;
		throw new BadInput(
			'There is nothing to update',
			'Add at least one field, or check that the expressions find values in this item.',
		);
	};
