import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { isObject } from '../../engine/values';
import type { Operation } from '../../engine/operation';
import { readAt } from './recover';

/**
 * An update on which HighLevel requires `keys` each time. Those that the person leaves alone are read
 * first, from the `record` of the answer, and sent as they are.
 */
export function keepUnchanged(keys: string[], record: string, operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const missing = keys.filter((key) => call.body?.[key] === undefined);
		if (missing.length === 0) return call;
		const { body } = await io.send(readAt(call));
		const now = isObject(body) && isObject(body[record]) ? (body[record] as IDataObject) : {};
		const kept = Object.fromEntries(missing.map((key) => [key, now[key]]));
		return { ...call, body: { ...kept, ...call.body } };
	};
	return { ...operation, build };
}
