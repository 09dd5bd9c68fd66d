import type { ApplyMemory } from '../../../nodes/ContactSync/applyMemory';
import { applySummary, notApplied } from '../../../nodes/ContactSync/applyReport';
import type { Portion } from '../../../nodes/ContactSync/portions';
import type { AppliedItem, LinkRow } from '../../../nodes/ContactSync/reconcile';

// What Apply says: nothing counts as done that was not, and no service gets time that takes no more writes.
const none = () => ({ A: 0, B: 0 });
const memory = (more: Partial<ApplyMemory>): ApplyMemory => ({
	...{ runId: 'run', written: none(), failed: none(), stale: none() },
	...{ ended: {}, rows: {}, created: {} },
	...more,
});

const link: LinkRow = {
	...{ location: '', workspace: '', pairId: 'p1', aId: 'c1', bId: 'l1', state: 'linked' },
	...{ rev: 1, base: '', aliases: '', keys: '', opKey: '', fullRuns: 1, changedAt: '' },
	...{ generation: 0, writes: '' },
};

const item: AppliedItem = {
	...{ action: 'update', side: 'A', id: 'c1', sourceId: 'l1', name: 'Ada Berg', keys: {} },
	...{ set: {}, expect: {}, addTags: [], removeTags: [], changes: [] },
	...{ lookUpFirst: false, opKey: 'key', runId: 'run', link },
};

const portion = (more: Partial<Portion> = {}): Portion => ({
	...{ portion: 1, of: 3, items: Array.from({ length: 250 }, () => item), lists: [] },
	...{ writes: { total: 5_250, before: 250 }, secondsLeft: 130, auditValues: true, goOn: [] },
	...more,
});

const textOf = (more: Partial<ApplyMemory>, about: Partial<Portion> = {}) =>
	applySummary(memory(more), portion(about)).text;

it('says how many writes are done and how long the others take', () => {
	expect(textOf({ written: { A: 500, B: 0 } })).toBe(
		'500 of 5,250 writes done, about 3 minutes left.',
	);
	expect(textOf({}, { secondsLeft: 20 })).toBe(
		'500 of 5,250 writes done, less than a minute left.',
	);
});

it('does not call a write done that failed', () => {
	expect(textOf({ written: { A: 490, B: 0 }, failed: { A: 10, B: 0 } })).toBe(
		'500 of 5,250 writes tried, 10 of which failed, about 3 minutes left.',
	);
});

it('promises no end to a service that takes no more writes', () => {
	const ended = { A: 'its daily limit is used up' };
	expect(textOf({ written: { A: 300, B: 0 }, failed: { A: 200, B: 0 }, ended })).toBe(
		'500 of 5,250 writes tried, 200 of which failed. HighLevel takes no more writes in this run (its daily limit is used up).',
	);
});

it('says of a record to be created that it is there already, and which it is', () => {
	const create: AppliedItem = { ...item, action: 'create', id: '' };
	expect(notApplied({ ...create, result: { id: 'c9', stale: true } })).toMatchObject({
		recordId: 'c9',
		reason: 'The contact is there already, with other values; the next run compares them',
	});
	expect(notApplied({ ...item, result: { id: 'c1', stale: true } })).toMatchObject({
		recordId: 'c1',
		reason: 'The record had changed since the plan',
	});
});
