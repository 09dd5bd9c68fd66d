import type { IDataObject } from 'n8n-workflow';
import { buildCall } from '../../engine/call/build';
import { readPages } from '../../engine/call/paginate';
import { flag, notSent } from '../../engine/describe/fields';
import type { Call, Io, Operation } from '../../engine/operation';
import { flagIn } from '../../engine/values';
import { offsetPages } from './pages';
import { read, readById } from './read';

const NAME = 'useExisting';

/** An option of a create with `unlessListed`. */
export const useExisting = notSent(
	flag(
		'Use Existing List',
		NAME,
		'Whether to return the existing list of this name and type, if there is one, instead of creating another',
	),
);

/** A create of a list that reads the list of that name and type, if there is one and the person asks for it. */
export function unlessListed(operation: Operation): Operation {
	const build: Operation['build'] = async (io) => {
		const call = await buildCall(operation, io);
		const { displayName } = useExisting.property;
		if (!flagIn(io.parameter('options', {}), NAME, displayName)) return call;
		const there = await listLike(call, io);
		return there ? readById('/list/GetById', { listId: there.id }) : call;
	};
	return { ...operation, build };
}

/** The list that a create would double. HeyReach finds lists by a part of the name. */
async function listLike({ body = {} }: Call, io: Io): Promise<IDataObject | undefined> {
	const plain = (name: unknown) => String(name).trim().toLowerCase();
	const call = read('/list/GetAll', { keyword: body.name, listType: body.type });
	const rows = await readPages(offsetPages(100), call, io.send);
	return rows.find(({ name, isDeleted }) => plain(name) === plain(body.name) && isDeleted !== true);
}
