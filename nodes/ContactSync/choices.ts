import type { INodeProperties } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';

/** The choices of a parameter with a fixed list of them, by value. */
function choicesOf({ options = [] }: INodeProperties): Map<unknown, string> {
	return new Map(
		options.flatMap((one) => ('value' in one ? [[one.value, one.name] as const] : [])),
	);
}

/**
 * Refuses a value that is none of the parameter's choices. Only an expression can give one; taken for the
 * default it could write or create what nobody meant.
 *
 * @throws BadInput
 */
export function requireChoice(
	properties: readonly INodeProperties[],
	name: string,
	value: unknown,
) {
	const property = properties.find((one) => one.name === name);
	if (!property) return;
	const choices = choicesOf(property);
	if (choices.has(value)) return;
	throw new BadInput(
		`“${String(value)}” is not a choice of “${property.displayName}”`,
		`Choose one of: ${[...choices.values()].join(', ')}. An expression gives one of: ${[...choices.keys()].join(', ')}.`,
	);
}

/**
 * A switch that is on or off. Tables and expressions give words too.
 *
 * @throws BadInput for what is neither
 */
export function flagOf(title: string, value: unknown, fallback: boolean): boolean {
	if (typeof value === 'boolean') return value;
	const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (word === undefined || word === null || word === '') return fallback;
	if (word === 'true' || word === 1) return true;
	if (word === 'false' || word === 0) return false;
	throw new BadInput(
		`“${title}” is neither on nor off`,
		'Its expression gives another value than true or false.',
	);
}
