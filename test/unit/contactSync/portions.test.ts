import { portionsOf, type Portion } from '../../../nodes/ContactSync/portions';
import * as engine from '../../../nodes/ContactSync/reconcile';
import type { Change, PlanItem, PlanOutput } from '../../../nodes/ContactSync/reconcile';
import { policy } from './support/policies';
import { World } from './support/world';

const link = { ...new World(engine, policy()).plan().links[0], state: 'linked' as const };

const change = (more: Partial<Change> = {}): Change => ({
	...{ field: 'Title', name: 'title', before: 'x', after: 'y', kind: 'changed' },
	...{ rule: 'A', winner: 'A', actor: 'rule', normalise: 'text', ...more },
});

const write = (side: 'A' | 'B', number: number, more: Partial<PlanItem> = {}): PlanItem => ({
	...{ action: 'update', side, id: `${side}${number}`, sourceId: '', name: 'Ann', keys: {} },
	...{ set: { title: 'y' }, expect: { title: 'x' }, addTags: [], removeTags: [] },
	...{ lookUpFirst: false, opKey: `${side}${number}`, runId: 'r', changes: [change()] },
	link: { ...link, pairId: `pair${number}` },
	...more,
});

function portions(applyA: PlanItem[], applyB: PlanItem[]): Portion[] {
	const empty = new World(engine, policy()).plan();
	const output: PlanOutput = { ...empty, applyA, applyB };
	return portionsOf(output, { lists: [1], auditValues: true });
}

const idsOf = ({ items }: Portion) => items.map(({ id }) => id);
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

it('has one portion without writes where nothing is to be written', () => {
	const [only, ...others] = portions([], []);
	expect(others).toEqual([]);
	expect(only).toMatchObject({ portion: 1, of: 1, items: [], secondsLeft: 0, lists: [1] });
	expect(only.plan?.text).not.toBe('');
});

it('holds each write once: first contacts in portions of 250, then leads in portions of 5,000', () => {
	const contacts = numbers(600).map((number) => write('A', number));
	const leads = numbers(6_000).map((number) => write('B', number));
	const all = portions(contacts, leads);
	expect(all.map(({ items }) => items.length)).toEqual([250, 250, 100, 5_000, 1_000]);
	expect(all.flatMap(idsOf)).toEqual([...contacts, ...leads].map(({ id }) => id));
	expect(all.map(({ portion, of }) => [portion, of])).toEqual(numbers(5).map((at) => [at + 1, 5]));
	expect(all.map(({ writes }) => writes.before)).toEqual([0, 250, 500, 600, 5_600]);
	expect(all[0].writes.total).toBe(6_600);
	expect(all.filter(({ plan }) => plan)).toEqual([all[4]]);
	// 350 contacts with a look and a write each at 10 calls a second, and 6,000 leads at 0.03 calls each.
	expect(all[0].secondsLeft).toBe(350 * 0.2 + 6_000 * 0.006);
	expect(all[4].secondsLeft).toBe(0);
});

it('puts fewer leads with tags into a portion, since their tags cost calls of their own', () => {
	const leads = numbers(600).map((number) => write('B', number, { addTags: ['li-new'] }));
	expect(portions([], leads).map(({ items }) => items.length)).toEqual([250, 250, 100]);
});

it('names the pairs whose lead comes in a later portion', () => {
	const all = portions([write('A', 1), write('A', 2)], [write('B', 2), write('B', 3)]);
	expect(all.map(idsOf)).toEqual([
		['A1', 'A2'],
		['B2', 'B3'],
	]);
	expect(all.map(({ goOn }) => goOn)).toEqual([['pair2'], []]);
	// The row that the contact's portion stores is older than that of the lead's portion in any case.
	const revisions = all[1].items.map((item) => item.link.rev - link.rev);
	expect(revisions).toEqual([1, 0]);
});

it('keeps both writes of a pair together that are committed together', () => {
	const both = { changes: [change({ needsBoth: true })] };
	const all = portions([write('A', 1), write('A', 2, both)], [write('B', 1), write('B', 2, both)]);
	expect(all.map(idsOf)).toEqual([['A1', 'A2', 'B2'], ['B1']]);
	expect(all[0].goOn).toEqual(['pair1']);
});

it('keeps contacts together that hand an email or a phone over, in whatever order they come', () => {
	const gives = (number: number, from: string, to: string) =>
		write('A', number, { set: { email: to }, expect: { email: from } });
	// The first gets the email of the last, which gets that of one in the middle.
	const contacts = numbers(520).map((number) => write('A', number));
	contacts[0] = gives(0, 'old@x.com', 'Last@x.com');
	contacts[519] = gives(519, 'last@x.com', 'middle@x.com');
	contacts[260] = gives(260, 'middle@x.com', 'new@x.com');
	const all = portions(contacts, []);
	expect(all.map(({ items }) => items.length)).toEqual([250, 250, 20]);
	const of = (id: string) => all.find((portion) => idsOf(portion).includes(id))?.portion;
	expect([of('A0'), of('A519'), of('A260')]).toEqual([1, 1, 1]);
	const chain = numbers(300).map((number) =>
		gives(number, `p${number}@x.com`, `p${number + 1}@x.com`),
	);
	expect(portions(chain, []).map(({ items }) => items.length)).toEqual([300]);
});
