import { nameFor } from '../values/fingerprint';
import { normalised } from '../values/normalise';
import { order } from './compilePolicy';
import type { Change, PlanItem, Stored } from '../contract/output';
import type { LinkRow } from '../contract/rows';
import { nameOf } from './planRun';
import type { RecordKeys, Side, SyncRecord, Value } from '../contract/input';

/** The parts of a plan item. */
export interface Write {
	runId: string;
	side: Side;
	/** The record to be written; none for a create. */
	target: SyncRecord | undefined;
	/** The record on the other side; none where it is gone. */
	source: SyncRecord | undefined;
	sourceId: string;
	link: LinkRow;
	stored?: Stored;
	changes: Change[];
	addTags: string[];
	removeTags: string[];
	/** Those of `addTags` that the source does not have. */
	ownTags?: string[];
	lookUpFirst?: boolean;
}

export function planItem(write: Write): PlanItem {
	const { side, target, source, link } = write;
	const changes = [...write.changes].sort((a, b) => order(a.name, b.name));
	const addTags = [...write.addTags].sort(order);
	const removeTags = [...write.removeTags].sort(order);
	const set: Record<string, Value> = {};
	const expect: Record<string, Value> = {};
	for (const { name, before, after } of changes) {
		set[name] = after;
		if (target) expect[name] = before;
	}
	return {
		action: target ? 'update' : 'create',
		side,
		id: target?.id ?? '',
		sourceId: write.sourceId,
		name: nameOf(target, source),
		keys: target ? knownKeys(target, source) : (source?.keys ?? {}),
		set,
		addTags,
		removeTags,
		...(write.ownTags && write.ownTags.length > 0 && { ownTags: [...write.ownTags].sort(order) }),
		expect,
		lookUpFirst: write.lookUpFirst ?? false,
		opKey: opKey(link, target ? link.rev : 0, side, changes, addTags, removeTags),
		runId: write.runId,
		changes,
		link,
		...(write.stored && { stored: write.stored }),
	};
}

/** The keys of the target, completed by those of the other record. */
function knownKeys(target: SyncRecord, source: SyncRecord | undefined): RecordKeys {
	return { ...source?.keys, ...present(target.keys), crossId: source?.id ?? null };
}

function present(keys: RecordKeys | undefined): RecordKeys {
	const entries = Object.entries(keys ?? {}) as [keyof RecordKeys, unknown][];
	const found = entries.filter(([, key]) => key !== null && key !== undefined && key !== '');
	return Object.fromEntries(found) as RecordKeys;
}

/** The name of a write: the same write of the same state has the same name in every run. */
function opKey(
	link: LinkRow,
	rev: number,
	side: Side,
	changes: readonly Change[],
	addTags: readonly string[],
	removeTags: readonly string[],
): string {
	return nameFor(
		link.pairId,
		side,
		String(rev),
		JSON.stringify(
			changes.map(({ name, after, normalise }) => [name, normalised(after, normalise)]),
		),
		JSON.stringify([addTags, removeTags]),
	);
}

/** The numbers of creates and of updates among the items. */
export function countWork(items: readonly PlanItem[]): { creates: number; updates: number } {
	const creates = items.filter(({ action }) => action === 'create').length;
	return { creates, updates: items.length - creates };
}
