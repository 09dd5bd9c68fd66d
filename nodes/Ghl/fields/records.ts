import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { BadInput, isObject } from '../../engine/call/errors';
import { collection } from '../../engine/describe/fields';
import type { Call, Field, Io, Operation } from '../../engine/operation';

/** What n8n's guidelines ask of every delete. */
export const deleted = (): IDataObject => ({ deleted: true });

/**
 * Refuses a call that sets none of the keys (of any, if none is named); `hint` says what to do.
 * The location does not count: every call has it.
 */
export function needsOneOf(
	part: 'query' | 'body',
	keys: string[] | undefined,
	message: string,
	hint: string,
) {
	return (call: Call) => {
		const set = Object.keys(call[part] ?? {}).filter((key) => key !== 'locationId');
		if (!set.some((key) => !keys || keys.includes(key))) throw new BadInput(message, hint);
	};
}

export const needsAChange = needsOneOf(
	'body',
	undefined,
	'There is nothing to update',
	'Add at least one field, or check that the expressions find values in this item.',
);

/** For calls of which HighLevel says only that they worked, and misspells the word. */
export function outcome(word: string) {
	return (record: IDataObject, io: Io): IDataObject => ({
		contactId: io.parameter('contactId') as string,
		[word]: record.succeded !== false,
	});
}

/** What a create takes beside what it needs. */
export function additionalFields(children: Field[]): Field {
	return collection(
		{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
		children,
	);
}

/** What an update can change. */
export function updateFields(children: Field[]): Field {
	return collection(
		{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
		children,
	);
}

/** The ways to sort, as HighLevel calls them. */
export const DIRECTIONS: Array<[name: string, value: string]> = [
	['Ascending', 'asc'],
	['Descending', 'desc'],
];

/** By what a list can be narrowed. */
export function filters(children: Field[]): Field {
	return collection(
		{ displayName: 'Filters', name: 'filters', placeholder: 'Add Filter' },
		children,
	);
}

/**
 * An update on which HighLevel wants some keys each time: those that the person leaves alone are
 * read from the record first, and stay.
 */
export function keeping(keys: string[], record: string, operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const missing = keys.filter((key) => call.body?.[key] === undefined);
		if (missing.length === 0) return call;
		const { body } = await io.send({
			method: 'GET',
			template: call.template,
			path: call.path,
			repeatable: true,
			scope: call.scope?.replace('.write', '.readonly'),
		});
		const now = isObject(body) && isObject(body[record]) ? (body[record] as IDataObject) : {};
		const kept = Object.fromEntries(missing.map((key) => [key, now[key]]));
		return { ...call, body: { ...kept, ...call.body } };
	};
	return { ...operation, build };
}
