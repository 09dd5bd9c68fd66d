import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { isObject } from '../../engine/values';
import type { Call, Io, Operation } from '../../engine/operation';
import { readAt } from './recover';

/**
 * An update on which HighLevel requires `keys` each time. Those that the person leaves alone are read
 * first, from the `record` of the answer, and sent as they are.
 *
 * @param read of the record; at the path of the update unless given
 */
export function keepUnchanged(
	keys: string[],
	record: string,
	operation: Operation,
	read: (update: Call, io: Io) => Call = (update) => readAt(update),
): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const missing = keys.filter((key) => call.body?.[key] === undefined);
		if (missing.length === 0) return call;
		const { body } = await io.send(read(call, io));
		const now = isObject(body) && isObject(body[record]) ? (body[record] as IDataObject) : {};
		const kept = Object.fromEntries(missing.map((key) => [key, now[key]]));
		return { ...call, body: { ...kept, ...call.body } };
	};
	return { ...operation, build };
}
