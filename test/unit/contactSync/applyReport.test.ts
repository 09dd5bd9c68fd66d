import type { ApplyMemory } from '../../../nodes/ContactSync/applyMemory';
import { applySummary } from '../../../nodes/ContactSync/applyReport';
import type { Portion } from '../../../nodes/ContactSync/portions';

const memory = (more: Partial<ApplyMemory> = {}): ApplyMemory => ({
	...{ runId: 'r', ended: {}, rows: {}, created: {} },
	...{ written: { A: 0, B: 0 }, failed: { A: 0, B: 0 }, stale: { A: 0, B: 0 } },
	...more,
});

const portion = (more: Partial<Portion> = {}): Portion => ({
	...{ portion: 1, of: 1, items: [], lists: [], auditValues: true, goOn: [], secondsLeft: 0 },
	writes: { total: 0, before: 0 },
	plan: { previewOnly: false, text: 'planned', questions: 0, linked: 0, unlinked: 0 },
	...more,
});

const plan = (more: Partial<NonNullable<Portion['plan']>>) => ({ ...portion().plan!, ...more });

const textOf = (given: ApplyMemory, of: Portion) => applySummary(given, of).text;

it.each([
	['a preview', memory(), { plan: plan({ previewOnly: true, text: 'Preview: …' }) }, 'Preview: …'],
	['a run at rest', memory(), {}, 'Nothing had to be written.'],
	[
		'a run that only linked',
		memory(),
		{ plan: plan({ linked: 10_000, unlinked: 1, questions: 1 }) },
		'10,000 people were linked and 1 person was unlinked; nothing had to be written. 1 question waits for a person.',
	],
	[
		'a run that wrote',
		memory({ written: { A: 1_200, B: 1 } }),
		{ writes: { total: 1_201, before: 0 }, plan: plan({ questions: 3 }) },
		'1,200 contacts and 1 lead were written. 3 questions wait for a person.',
	],
	[
		'a run in which all failed',
		memory({ failed: { A: 2, B: 0 } }),
		{ writes: { total: 2, before: 0 } },
		'Nothing was written. 2 writes failed; the next run tries again. The audit rows give the reason.',
	],
	[
		'a run that the day’s quota ended',
		memory({
			...{ written: { A: 5, B: 2 }, failed: { A: 3, B: 0 } },
			ended: { A: 'no calls are left for today' },
		}),
		{ writes: { total: 10, before: 8 } },
		'5 contacts and 2 leads were written. HighLevel took no more writes (no calls are left for today), so 3 contacts are left for the next run.',
	],
])('says at the end what was done: %s', (_label, given, more, text) => {
	expect(textOf(given, portion(more))).toBe(text);
});

it('says on the way how far the run is', () => {
	const some = portion({ of: 4, writes: { total: 9_980, before: 1_500 }, secondsLeft: 700 });
	expect(textOf(memory(), some)).toBe('1,500 of 9,980 writes done, about 12 minutes left.');
});
