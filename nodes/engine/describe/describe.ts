import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { collection } from './fields';
import type { Field, Operation, Resource } from '../operation';

const returnAll: Field = {
	property: {
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
};

const limit: Field = {
	property: {
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
};

const simplify: Field = {
	property: {
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
};

const includeAuditRow: Field = {
	property: {
		displayName: 'Include Audit Row',
		name: 'includeAuditRow',
		type: 'boolean',
		default: true,
		description:
			'Whether to add an audit row to each item: what was done, when, to which record; no personal data',
	},
};

const rateLimitShare: Field = {
	property: {
		displayName: 'Share of Rate Limit (%)',
		name: 'rateLimitShare',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 50,
		description: "Maximum share of the account's rate limit that this node uses",
	},
};

type OptionsOf = (operation: Operation) => Field;

/** The Options collection of an operation. Operations with the same options share one. */
function sharedOptions(): OptionsOf {
	const made: Field[] = [];
	return (operation) => {
		const children = [
			...(operation.options ?? []),
			...(operation.writes ? [includeAuditRow] : []),
			rateLimitShare,
		];
		const known = made.find(({ children: others = [] }) => isSame(others, children));
		if (known) return known;
		const property = { displayName: 'Options', name: 'options', placeholder: 'Add option' };
		const options = collection(property, children);
		made.push(options);
		return options;
	};
}

const isSame = (one: Field[], other: Field[]) =>
	one.length === other.length && one.every((field, index) => field === other[index]);

/** All parameters of the node. They follow from the operations alone. */
export function describe(resources: Resource[], defaultResource: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [...sorted(optionsFor(resources, true)), ...sorted(optionsFor(resources))],
			default: defaultResource,
		},
		...resources.map(operationSelect),
		...fieldProperties(resources),
	];
}

function optionsFor(resources: Resource[], first?: true): INodePropertyOptions[] {
	return resources
		.filter((resource) => resource.first === first)
		.map(({ name, value }) => ({ name, value }));
}

function operationSelect(resource: Resource): INodeProperties {
	const options = sorted(
		resource.operations.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
	);
	const first = options[0].value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options,
		default: first,
	};
}

/**
 * All fields of an operation, with those that every list or every write has. Of a list, the collections
 * and what follows them stand behind Limit, as in n8n's own nodes.
 */
export function fieldsOf(operation: Operation, optionsOf: OptionsOf = sharedOptions()): Field[] {
	const { fields, pages, simple } = operation;
	const first = fields.findIndex(
		({ property, isBehindLimit }) => isBehindLimit ?? /collection$/i.test(property.type),
	);
	const end = pages && first >= 0 ? first : fields.length;
	return [
		...fields.slice(0, end),
		...(pages ? [returnAll, limit] : []),
		...(simple ? [simplify] : []),
		...fields.slice(end),
		optionsOf(operation),
	];
}

/**
 * The properties of all fields, each shown for the operations that use it. A field of several resources
 * is written as seldom as can be: `displayOptions` joins resource and operation with AND, so a resource
 * joins a group only if the group's operations show the field nowhere that it does not belong. Fields
 * with the same property are one parameter, wherever their values go.
 */
function fieldProperties(resources: Resource[]): INodeProperties[] {
	const users = new Map<Field, Map<string, string[]>>();
	const once = new Map<INodeProperties, Field>();
	const optionsOf = sharedOptions();
	const listOf = (operation: Operation) =>
		fieldsOf(operation, optionsOf).map((field) => {
			if (!once.has(field.property)) once.set(field.property, field);
			return once.get(field.property) ?? field;
		});
	for (const resource of resources) {
		for (const operation of resource.operations) {
			for (const field of listOf(operation)) {
				const byResource = users.get(field) ?? new Map<string, string[]>();
				users.set(field, byResource);
				byResource.set(resource.value, [
					...(byResource.get(resource.value) ?? []),
					operation.value,
				]);
			}
		}
	}
	const lists = resources.flatMap(({ operations }) => operations.map(listOf));
	const existing = new Map(
		resources.map(({ value, operations }) => [value, operations.map((each) => each.value)]),
	);
	return inOrder(lists).flatMap((field) =>
		groupsOf(users.get(field) ?? new Map<string, string[]>(), existing).flatMap((group) =>
			shownFor(field, group),
		),
	);
}

/** Every operation of `operations`, as far as the resource has it, of every one of `resources`. */
interface Group {
	resources: string[];
	operations: string[];
}

/**
 * Few groups that are together what `users` says and no more.
 *
 * @param users the operations that have the field, by resource
 * @param existing all operations, by resource
 */
function groupsOf(users: Map<string, string[]>, existing: Map<string, string[]>): Group[] {
	const groups: Group[] = [];
	const isTrue = ({ resources, operations }: Group) =>
		resources.every((resource) =>
			(existing.get(resource) ?? [])
				.filter((operation) => operations.includes(operation))
				.every((operation) => users.get(resource)?.includes(operation)),
		);
	for (const [resource, operations] of users) {
		const joined = (group: Group): Group => ({
			resources: [...group.resources, resource],
			operations: [...new Set([...group.operations, ...operations])],
		});
		const at = groups.findIndex((group) => isTrue(joined(group)));
		if (at < 0) groups.push({ resources: [resource], operations });
		else groups[at] = joined(groups[at]);
	}
	return groups;
}

/**
 * A topological sort: each field once, in an order that keeps the order of every operation's list. The
 * next field is one that no list has behind another remaining field. If the lists contradict each
 * other, the first remaining field is next.
 */
function inOrder(lists: Field[][]): Field[] {
	const left = new Set(lists.flat());
	const ordered: Field[] = [];
	while (left.size > 0) {
		const rest = lists.map((list) => list.filter((field) => left.has(field)));
		const isFirst = (field: Field) => rest.every((list) => list.indexOf(field) <= 0);
		const next = [...left].find(isFirst) ?? [...left][0];
		ordered.push(next);
		left.delete(next);
	}
	return ordered;
}

function shownFor(field: Field, group: Group): INodeProperties[] {
	const { displayOptions } = field.property;
	const show = {
		...{ resource: group.resources, operation: group.operations },
		...displayOptions?.show,
	};
	const always = { ...property(field), displayOptions: { ...displayOptions, show } };
	return field.inSight ? seldom(always, field.inSight) : [always];
}

/**
 * A parameter that is seldom in sight. n8n drops the values of parameters that it does not show, so a
 * hidden one of the same name keeps the value.
 */
export function seldom(
	property: INodeProperties,
	{ show, unset }: NonNullable<Field['inSight']>,
): INodeProperties[] {
	const { displayName, name, displayOptions } = property;
	return [
		{ displayName, name, type: 'hidden', default: unset, displayOptions },
		{
			...property,
			displayOptions: { ...displayOptions, show: { ...displayOptions?.show, ...show } },
		},
	];
}

function property(field: Field): INodeProperties {
	if (!field.children) return field.property;
	const options = field.children.map(property);
	options.sort((a, b) => a.displayName.localeCompare(b.displayName));
	return { ...field.property, options };
}

function sorted(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return [...options].sort((a, b) => a.name.localeCompare(b.name));
}
