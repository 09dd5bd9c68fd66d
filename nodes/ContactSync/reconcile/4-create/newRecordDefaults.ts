import { other } from '../state/compilePolicy';
import type { Compiled } from '../state/compilePolicy';
import { tagForm } from '../values/normalise';
import type { Change } from '../contract/output';
import type { NewRecordDefaults, Side, SyncRecord } from '../contract/input';

/**
 * The default values of a new record, for the fields that its source gives no value. A field whose value at
 * the source was not read has no default: the source may have a value.
 */
export function defaultChanges(
	{ policy, fields, createOnly }: Compiled,
	to: Side,
	source: SyncRecord,
	given: readonly Change[],
): Change[] {
	const names = new Set(given.map(({ name }) => name));
	const unread = [...fields, ...createOnly]
		.filter((field) => !field.occasional && source.fields[field[other(to)]] === undefined)
		.map((field) => field[to]);
	return Object.entries(policy.created?.[to]?.fields ?? {})
		.filter(([name, value]) => !names.has(name) && !unread.includes(name) && value !== '')
		.map(([name, after]) => ({
			// Under the row of the field, the next run knows that the source has no such value.
			field: fields.find((field) => field[to] === name)?.field ?? `new record: ${name}`,
			name,
			before: null,
			after,
			other: null,
			kind: 'created',
			rule: 'default',
			winner: other(to),
			actor: 'rule',
			normalise: fields.find((field) => field[to] === name)?.how ?? 'text',
		}));
}

/** The default tags of a new record, without those that its source gives it. */
export function defaultTags(
	defaults: NewRecordDefaults | undefined,
	given: readonly string[],
): string[] {
	const known = new Set(given.map(tagForm));
	return (defaults?.tags ?? []).filter((tag) => {
		const form = tagForm(tag);
		const isNew = form !== '' && !known.has(form);
		known.add(form);
		return isNew;
	});
}
