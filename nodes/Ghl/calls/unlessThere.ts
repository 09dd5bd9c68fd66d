import { buildCall } from '../../engine/call/build';
import { notSent, text } from '../../engine/describe/fields';
import type { Field, Operation } from '../../engine/operation';
import { isObject, rowsOf } from '../../engine/values';
import { readAt } from './recover';

const NAME = 'unlessOneContains';

/** For the additional fields of a create with `unlessThere`. `records`: what the contact has several of. */
export const unlessOneContains = (records: string): Field =>
	notSent(
		text('Skip If One Contains', NAME, {
			placeholder: 'e.g. li-20417',
			description: `If one of the contact’s ${records} contains this text, it is returned and no new one is created. Use an ID, so that a repeated run creates no second one.`,
		}),
	);

/** Where a create finds the record that is there already. */
interface There {
	/** The key of the list's answer that holds the records. The list is at the path of the create. */
	rows: string;
	/** The keys of a record that may hold the text. */
	texts: string[];
}

/** A create that reads the record that is there in place of making a second one, if the person asks for it. */
export function unlessThere({ rows, texts }: There, operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const more = io.parameter('additionalFields', {});
		const wanted = isObject(more) ? String(more[NAME] ?? '').trim() : '';
		if (wanted === '') return call;
		const { body } = await io.send(readAt(call));
		const there = rowsOf(isObject(body) ? body : {}, rows).find((row) =>
			texts.some((key) => String(row[key] ?? '').includes(wanted)),
		);
		const template = `${call.template}/{id}`;
		return there ? readAt({ ...call, template, path: `${call.path}/${String(there.id)}` }) : call;
	};
	return { ...operation, build };
}
