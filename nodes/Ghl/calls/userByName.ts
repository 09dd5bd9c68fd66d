import type { Io } from '../../engine/operation';
import { toText } from '../../engine/values';
import { readList } from './lists';
import { isId, theOne } from './pipelineByName';

const low = (value: unknown): string =>
	String(value ?? '')
		.trim()
		.toLowerCase();

/** For `as` of the user picker: looks up the ID of a name or an email in the users of the location. */
export async function userByName(value: unknown, io: Io): Promise<unknown> {
	const wanted = toText(value, 'User').trim();
	if (wanted === '' || isId(wanted)) return wanted;
	const users = await readList('users', io);
	const found = users.filter(({ name, firstName, lastName, email }) =>
		[name, `${low(firstName)} ${low(lastName)}`, email].some((one) => low(one) === low(wanted)),
	);
	return theOne(found, 'user', wanted);
}
