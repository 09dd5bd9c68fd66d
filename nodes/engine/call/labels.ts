import { BadInput } from '../badInput';
import type { Field, Operation, Problem } from '../operation';
import { ApiFault } from './errors';

/** Errors name a field by its label on the screen, and not by its key in the API. */

/** The same error, naming the field that it is about; as it is where it names the field already. */
export function named(label: string, error: unknown): unknown {
	if (!(error instanceof BadInput) || names(error.message, label)) return error;
	return new BadInput(`“${label}”: ${error.message}`, error.description);
}

/**
 * Whether a message names a field: in quotes, or as a word of the sentence, also “Filter 1” for Filters.
 * A value in quotes may hold the word too, and every date “is not a date”.
 */
function names(message: string, label: string): boolean {
	const word = label.replace(/s$/i, '').replace(/[^\p{L}\p{N} ]/gu, '\\$&');
	if (new RegExp(`“${word}s?(?:”| \\d|:)`, 'iu').test(message)) return true;
	const sentence = message.replace(/“[^”]*”/g, '').replace('is not a date', '');
	return new RegExp(`(?<![\\p{L}\\p{N}])${word}s?(?![\\p{L}\\p{N}])`, 'iu').test(sentence);
}

/** What `read` gives; its error names the field. */
export function inField<Value>(label: string, read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		throw named(label, error);
	}
}

/** A refusal of a service, in which the keys of the operation's fields are replaced by their labels. */
export function inLabels(error: unknown, operation: Operation): unknown {
	// A refusal that is about the token is shared by items, and known by its identity.
	if (!(error instanceof ApiFault) || error.problem.about) return error;
	const { problem, httpCode } = error;
	const labels = labelsOf(operation.fields);
	const message = labelled(problem.message, labels);
	const description = problem.description && labelled(problem.description, labels);
	if (message === problem.message && description === problem.description) return error;
	const told: Problem = { ...problem, message, description };
	return new ApiFault(told, error, httpCode);
}

/** By the key in lower case: HeyReach writes the same key in either case. */
function labelsOf(fields: Field[], labels = new Map<string, string>()): Map<string, string> {
	const add = (key: string, label: string) => {
		if (!labels.has(key.toLowerCase())) labels.set(key.toLowerCase(), label);
	};
	for (const { send, property, labels: columns = {}, children = [] } of fields) {
		if (send) add(send.key, property.displayName);
		for (const [key, label] of Object.entries(columns)) add(key, label);
		labelsOf(children, labels);
	}
	return labels;
}

/**
 * A key is a word in camel case, the word that begins a sentence such as `title must be a string`, or the
 * one after “property”.
 */
const KEY =
	/(?<![\w.“])(?:[a-zA-Z]+[a-z][A-Z]\w*|[a-z]+\d?(?= (?:must|should|is|has|cannot|can't) )|(?<=\bproperty )\w+)\b/g;

const labelled = (text: string, labels: Map<string, string>): string =>
	text.replace(KEY, (word) => {
		const label = labels.get(word.toLowerCase());
		return label === undefined ? word : `“${label}”`;
	});
