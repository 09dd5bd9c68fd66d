import type { IDataObject } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { isObject } from '../../engine/values';
import type { Io } from '../../engine/operation';
import type { CreateState } from '../../applyFailure';
import type { PlanItem, PlanResult } from '../../planItem';

/** One plan item of a portion, and how far it is carried out. */
export interface Write {
	readonly item: PlanItem;
	/** From the moment it begins. */
	work?: Promise<PlanResult>;
	/** The body with the fields that an update has still to write. */
	open?: IDataObject;
	/** The write for whose end it waits. */
	waitsFor?: Write;
	/** The fields of its contact that were cleared, so that another contact can have their values. */
	readonly cleared: Set<string>;
	/** Of a create. */
	created: CreateState;
	/** The tags that are still to be written, once the fields are. */
	tags: TagWork;
}

export interface TagWork {
	add: string[];
	remove: string[];
}

/** The plan items for the contacts of one location, which are carried out together. */
export interface Portion {
	readonly io: Io;
	readonly writes: readonly Write[];
	/** The updates by the contact's ID. */
	readonly updates: ReadonlyMap<string, Write>;
	/** The first create of each key (`opKey`). */
	readonly creates: ReadonlyMap<string, Write>;
	/** Carries out a write once, whoever asks first: its own turn, or a write that waits for it. */
	carryOut(write: Write): Promise<PlanResult>;
	/** Whether the location is known to refuse a contact whose email or phone another one has. */
	refusesDuplicates(): Promise<boolean>;
}

export function portionOf(
	items: readonly PlanItem[],
	io: Io,
	begin: (write: Write, portion: Portion) => Promise<PlanResult>,
): Portion {
	const writes = items.map(
		(item): Write => ({
			item,
			cleared: new Set(),
			created: undefined,
			tags: { add: [], remove: [] },
		}),
	);
	const updates = new Map<string, Write>();
	const creates = new Map<string, Write>();
	for (const write of writes) {
		const { action, id, opKey } = write.item;
		if (action === 'update') updates.set(id, write);
		else if (opKey && !creates.has(opKey)) creates.set(opKey, write);
	}
	let refuses: Promise<boolean> | undefined;
	const portion: Portion = {
		io,
		writes,
		updates,
		creates,
		carryOut: async (write) => await (write.work ??= begin(write, portion)),
		refusesDuplicates: async () => await (refuses ??= readsRefusal(io)),
	};
	return portion;
}

/** A setting that cannot be read counts as unknown: the contacts are then looked up before a create. */
async function readsRefusal(io: Io): Promise<boolean> {
	const call = callTo('GET /locations/{locationId}', {
		values: { locationId: io.account.values.locationId },
		scope: 'locations.readonly',
	});
	const [answer] = await Promise.allSettled([io.read(call)]);
	if (answer.status === 'rejected') return false;
	const { body } = answer.value;
	const location = isObject(body) && isObject(body.location) ? body.location : {};
	return isObject(location.settings) && location.settings.allowDuplicateContact === false;
}
