import type { SandboxState } from '../state';
import { badRequest, unprocessable } from './errors';
import type { Contact } from './records';
import { OPERATORS, searchField } from './searchFields';

interface Filter {
	field: string;
	operator: string;
	value?: unknown;
}
interface FilterGroup {
	group: 'AND' | 'OR';
	filters: FilterNode[];
}
export type FilterNode = Filter | FilterGroup;

type Test = (contact: Contact) => boolean;

/** Letters in either case match; so do `true` and "true". */
const fold = (value: unknown): string => String(value).toLowerCase();
const folded = (value: unknown): string[] => [value].flat().map(fold);

/** What each operator asks of a contact's values (empty when it has none). */
const TESTS: Record<string, (have: unknown[], want: unknown) => boolean> = {
	eq: (have, want) => folded(want).some((value) => have.map(fold).includes(value)),
	contains: (have, want) =>
		have.some((value) => folded(want).some((word) => fold(value).includes(word))),
	contains_set: (have, want) => folded(want).every((value) => have.map(fold).includes(value)),
	exists: (have) => have.length > 0,
	range: (have, want) => have.some((value) => inRange(value, want)),
};

const BOUNDS: Record<string, (value: number, bound: number) => boolean> = {
	gte: (value, bound) => value >= bound,
	gt: (value, bound) => value > bound,
	lte: (value, bound) => value <= bound,
	lt: (value, bound) => value < bound,
};

/** Bounds are numbers (epoch ms for dates). An ISO text is accepted and matches nothing. */
function inRange(value: unknown, want: unknown): boolean {
	if (typeof value !== 'number' || typeof want !== 'object' || want === null) return false;
	const bounds = Object.entries(want);
	return (
		bounds.length > 0 &&
		bounds.every(
			([name, bound]) => typeof bound === 'number' && (BOUNDS[name]?.(value, bound) ?? false),
		)
	);
}

/** Turns a filter tree into one test; throws 400 on an unknown field, 422 on a refused operator. */
export function compileFilters(
	state: SandboxState,
	nodes: FilterNode[],
	group: 'AND' | 'OR' = 'AND',
): Test {
	const tests = nodes.map((node) =>
		'group' in node ? compileFilters(state, node.filters, node.group) : compileOne(state, node),
	);
	return group === 'AND'
		? (contact) => tests.every((test) => test(contact))
		: (contact) => tests.some((test) => test(contact));
}

function compileOne(state: SandboxState, { field: name, operator, value }: Filter): Test {
	if (!OPERATORS.includes(operator)) {
		throw unprocessable([`operator must be one of the following values: ${OPERATORS.join(', ')}`]);
	}
	const field = searchField(state, name);
	if (field === undefined) throw badRequest(`Invalid field ${name}`);
	if (!field.operators.includes(operator)) {
		throw unprocessable([`Invalid Operator (${operator}) passed for field ${snakeCase(name)}`]);
	}
	if (folded(value).some((text) => text.length > 75)) {
		throw unprocessable(['value must be shorter than or equal to 75 characters']);
	}
	const [, not, positive] = /^(not_)?(.+)$/.exec(operator) ?? [];
	const test = TESTS[positive];
	return (contact) => {
		const have = [field.read(contact, state)]
			.flat()
			.filter((held) => held !== undefined && held !== null && held !== '');
		return test(have, value) === (not === undefined);
	};
}

/** The refusal names the field as the index does: `date_updated`. */
const snakeCase = (name: string): string =>
	name.startsWith('customFields.')
		? name
		: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
