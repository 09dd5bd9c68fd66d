import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { buildCall } from '../../engine/call/build';
import { isExpression } from '../../engine/call/rawParameter';
import { flag, notSent, text } from '../../engine/describe/fields';
import type { Call, Field, Io, Operation } from '../../engine/operation';
import { flagIn, isObject, rowsOf, toText } from '../../engine/values';
import { readAt } from './recover';

const CONTAINS = 'unlessOneContains';
const CONTAINS_LABEL = 'Skip If One Contains';
const EXISTS = 'unlessOneExists';
const EXISTS_LABEL = 'Skip If One Exists';

/** For the additional fields of a create with `unlessThere`. `records`: what the contact has several of. */
export const unlessOneContains = (records: string): Field =>
	notSent(
		text(CONTAINS_LABEL, CONTAINS, {
			placeholder: 'e.g. li-20417',
			description: `If one of the contact’s ${records} contains this text, it is returned and no new one is created. Use an ID, so that a repeated run creates no second one.`,
		}),
	);

/** For the additional fields of a create with `unlessThere`. `like`: how the existing record is like the new one. */
export const unlessOneExists = (like: string): Field =>
	notSent(
		flag(EXISTS_LABEL, EXISTS, `Whether to return ${like} instead of creating a second one`, {
			default: true,
		}),
	);

/** Where a create finds the record that exists already. */
interface There {
	/** The key of the list's answer that holds the records. */
	rows: string;
	/** The keys of a record that may hold the text of *Skip If One Contains*. */
	texts?: string[];
	/** For *Skip If One Exists*: whether a record of the list is like the one in the body of the create. */
	isLike?: (row: IDataObject, body: IDataObject) => boolean;
	/** The call of the list. Without it the list is at the path of the create. */
	list?: (create: Call, io: Io) => Call;
}

/** A create that reads the record that exists instead of making a second one, if the person asks for it. */
export function unlessThere(
	{ rows, texts = [], isLike, list = (create) => readAt(create) }: There,
	operation: Operation,
): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const more = io.parameter('additionalFields', {});
		const chosen = isObject(more) ? more : {};
		const wanted = toText(chosen[CONTAINS], CONTAINS_LABEL).trim();
		// Without its text the check would be off, and a repeated run would create a second record.
		if (wanted === '' && CONTAINS in chosen && isExpression(io, ['additionalFields', CONTAINS]))
			throw emptyText();
		const isAsked = isLike !== undefined && flagIn(chosen, EXISTS, EXISTS_LABEL);
		if (wanted === '' && !isAsked) return call;
		const { body } = await io.send(list(call, io));
		const there = rowsOf(isObject(body) ? body : {}, rows).find(
			(row) =>
				(wanted !== '' && texts.some((key) => String(row[key] ?? '').includes(wanted))) ||
				(isAsked && isLike(row, call.body ?? {})),
		);
		return there ? readOne(call, String(there.id)) : call;
	};
	return { ...operation, build };
}

const emptyText = () =>
	new BadInput(
		`“${CONTAINS_LABEL}” is empty`,
		'The expression behind it finds no value in this item. Correct it, or remove the field. Nothing was sent for this item.',
	);

/** The read of a record whose ID stands behind the path of the create. */
function readOne(create: Call, id: string): Call {
	const [template, path] = [create.template, create.path].map((text) => text.replace(/\/$/, ''));
	return readAt({ ...create, template: `${template}/{id}`, path: `${path}/${id}` });
}
