import type { INodeProperties } from 'n8n-workflow';
import type { Placed } from '../../support/allProperties';
import { DESCRIBED, NODES, choicesOf, placedIn } from '../../support/allProperties';
import { LABELS_THAT_SAY_ALL } from '../../support/plainLabels';
import { oddWordsIn } from '../../support/plainWords';

/** A description that begins with one of these is the end of a sentence whose beginning is missing. */
const FRAGMENT =
	/^(Of|That|Which|Whose|Whom|Who|In|As|And|Or|But|From|With|Without|By|At|On|Up|Goes|Where (?!to\b)|Because|So|Also)\b(?! [^,.]*(,|:))/;

/** Where text is typed, the box shows an example or is filled in. */
const isTyped = ({ type, default: given, typeOptions = {} }: INodeProperties) =>
	type === 'string' && given === '' && !typeOptions.password && !typeOptions.loadOptionsMethod;

const isText =
	(label: RegExp) =>
	({ type, displayName }: INodeProperties) =>
		type === 'string' && label.test(displayName);

/**
 * What needs no description: notices, collections with a button that names them, pickers (their list
 * shows what they hold), IDs with an example, choices that are described one by one, and plain labels.
 */
function isPlain(property: INodeProperties): boolean {
	const { type, displayName, placeholder, options = [] } = property;
	const choices = choicesOf(property);
	return (
		['notice', 'collection', 'resourceLocator'].includes(type) ||
		(type === 'fixedCollection' && placeholder !== undefined) ||
		(type === 'string' && / ID$/.test(displayName) && placeholder !== undefined) ||
		(choices.length > 0 && options.every((one) => 'value' in one && one.description)) ||
		LABELS_THAT_SAY_ALL.has(displayName)
	);
}

/** What a reader sees of a parameter, its choices included. */
function textsOf({ path, property }: Placed): Array<{ path: string; text: string }> {
	const { displayName, description, hint, placeholder, modes = [] } = property;
	const own = [displayName, description, hint, placeholder];
	const ofModes = modes.flatMap((mode) => [
		mode.displayName,
		mode.hint,
		mode.placeholder,
		...(mode.validation ?? []).flatMap((rule) =>
			'properties' in rule
				? [
						String(
							(rule as { properties: { errorMessage?: string } }).properties.errorMessage ?? '',
						),
					]
				: [],
		),
	]);
	const ofChoices = choicesOf(property).flatMap((one) => [one.name, one.description, one.action]);
	return [...own, ...ofModes, ...ofChoices]
		.filter((text): text is string => text !== undefined)
		.map((text) => ({ path, text }));
}

const unique = (rows: string[]) => [...new Set(rows)];

describe.each(DESCRIBED)('$name', ({ properties }) => {
	const placed = placedIn(properties);
	const descriptions = placed.flatMap(({ path, property }) => [
		{ path, text: property.description },
		...choicesOf(property).map(({ name, description }) => ({
			path: `${path}: ${name}`,
			text: description,
		})),
	]);

	it('says of each parameter what it is, unless its label says all', () => {
		const bare = placed.filter(
			({ property }) => !property.description && !property.hint && !isPlain(property),
		);
		expect(unique(bare.map(({ path }) => path))).toEqual([]);
	});

	it('shows an example where text is typed', () => {
		const modes = placed.flatMap(({ path, property }) =>
			(property.modes ?? [])
				.filter(({ type, placeholder }) => type === 'string' && !placeholder)
				.map(({ displayName }) => `${path} > ${displayName}`),
		);
		const bare = placed
			.filter(({ property }) => isTyped(property) && !property.placeholder)
			.map(({ path }) => path);
		expect(unique([...bare, ...modes])).toEqual([]);
	});

	it('describes in sentences, not in fragments', () => {
		const fragments = descriptions.filter(({ text }) => text && FRAGMENT.test(text));
		expect(unique(fragments.map(({ path, text }) => `${path}: ${text}`))).toEqual([]);
	});

	it('shows the form of phones, dates and IDs, for people and for models', () => {
		const FORMS: Array<[(property: INodeProperties) => boolean, RegExp]> = [
			[({ type }) => type === 'dateTime', /2026-\d\d-\d\d/],
			[isText(/\b(Phone|Number)$/), /\+1\d{10}/],
			[isText(/\bIDs?$/), /e\.g\. \S/],
			[isText(/\b(URLs?)$/), /https?:\/\//],
			[isText(/\bEmails?$/), /@/],
		];
		const bare = placed.filter(({ property }) =>
			FORMS.some(
				([isOf, form]) =>
					isOf(property) &&
					!form.test(`${property.placeholder} ${property.description} ${String(property.default)}`),
			),
		);
		expect(unique(bare.map(({ path }) => path))).toEqual([]);
	});

	it('ends two sentences with a full stop, and one without', () => {
		const odd = descriptions.filter(({ text = '' }) => {
			const hasInner = /[.!?] [A-Z]/.test(text.replace(/e\.g\. /g, ''));
			return text !== '' && !text.endsWith('>') && hasInner !== text.endsWith('.');
		});
		expect(unique(odd.map(({ path, text }) => `${path}: ${text}`))).toEqual([]);
	});

	it('speaks plain English', () => {
		const odd = placed
			.flatMap(textsOf)
			.flatMap(({ path, text }) => oddWordsIn(text).map((word) => `${path}: ${word}`));
		expect(unique(odd)).toEqual([]);
	});
});

it('nodes describe themselves in plain English', () => {
	const odd = NODES.flatMap(({ description }) => {
		const { displayName, eventTriggerDescription, activationMessage, triggerPanel } = description;
		const texts = [description.description, eventTriggerDescription, activationMessage];
		return oddWordsIn([...texts, JSON.stringify(triggerPanel)].join('\n')).map(
			(word) => `${displayName}: ${word}`,
		);
	});
	expect(odd).toEqual([]);
});
