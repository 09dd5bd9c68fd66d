import * as engine from '../../../nodes/ContactSync/reconcile';
import type { PlanInput, Policy, Value } from '../../../nodes/ContactSync/reconcile';
import { couple } from './support/couple';
import { FIELDS, NO_BRAKES, policy } from './support/policies';
import { MINUTE, World, openRows } from './support/world';

const fields = [FIELDS[0], FIELDS[3], FIELDS[4]].map((row) => ({ ...row, rule: 'A' as const }));

const url = (at: number | string) => `https://www.linkedin.com/in/person-${at}/`;

const person = (more: Record<string, Value>) => ({ fields: more, tags: [], updatedAt: 0 });

/** Linked pairs in step, and contacts that are not in HeyReach. */
function population(pairs: number, contacts: number, more: Partial<Policy> = {}): World {
	const world = new World(
		engine,
		policy({ fields, create: { A: false, B: true }, brakes: {}, ...more }),
	);
	for (let at = 0; at < pairs + contacts; at++)
		world.A.add(person({ firstName: 'x', title: 'x', linkedInUrl: url(at) }));
	for (let at = 0; at < pairs; at++)
		world.B.add(person({ first_name: 'x', position: 'x', profile_url: url(at) }));
	return world;
}

const textOf = (world: World, more: Partial<PlanInput> = {}) => world.plan(more).summary.text;

function editAll(world: World, most = Infinity): void {
	for (const one of [...world.A.people.values()].slice(0, most)) one.fields.title = 'new';
}

describe('the text of a run', () => {
	it('of the first preview says what the next run does, and names no brake that it will not meet', () => {
		const world = population(4, 2000);
		const { summary } = world.round();
		expect(summary.text).toBe(
			'Preview: 2,000 leads would be created and 4 people linked (60 calls, less than a minute at the services’ limits); nothing was written. Run it again to carry this out.',
		);
		expect(summary).toMatchObject({ previewOnly: true, calls: 60, secondsLeft: 12, questions: 0 });
		expect(textOf(world)).toBe(
			'2,000 leads will be created and 4 people linked (60 calls, less than a minute at the services’ limits).',
		);
	});

	it('says how long it takes at the limits of the services', () => {
		const world = population(0, 0);
		const costs = { create: 1, update: 100, addTags: 1, removeTags: 1, perMinute: 10 };
		const slow = policy({ ...world.policy, brakes: NO_BRAKES, costs: { A: costs, B: costs } });
		const two = (count: number) => {
			const other = population(count, 0, slow);
			other.round();
			other.now += MINUTE;
			editAll(other);
			return textOf(other);
		};
		expect(two(3)).toContain('3 leads will be updated (300 calls, about 30 minutes at');
		expect(two(13)).toContain('(1,300 calls, about 2 hours 10 minutes at');
	});

	it('at rest says so', () => {
		const world = population(3, 0);
		world.round();
		world.round();
		expect(textOf(world)).toBe('Nothing will be written: all 3 linked pairs are in step.');
		expect(textOf(world, { dryRun: true })).toBe(
			'Dry run: nothing would be written: all 3 linked pairs are in step. Turn Dry Run off to carry this out.',
		);
	});

	it('counts the questions that wait, and not those that are answered', () => {
		const world = couple({
			past: ['x', 'x'],
			now: ['a', 'b'],
			policy: { fields: FIELDS.slice(3, 5) },
		});
		const plan = world.plan();
		expect(plan.summary.questions).toBe(1);
		expect(plan.summary.text).toBe(
			'Nothing will be written: 0 of 1 linked pair are in step. 1 question waits for an answer in Needs Review.',
		);
		const [{ conflictId }] = openRows(plan);
		const resolutions = [{ conflictId, choose: 'A' as const }];
		expect(world.plan({ resolutions, dryRun: true }).summary.questions).toBe(0);
	});

	it('of a run that brakes have stopped says which, by how much, and what to do', () => {
		const world = population(400, 0);
		world.round();
		world.round();
		editAll(world, 200);
		for (const id of [...world.B.people.keys()].slice(-10)) world.B.people.delete(id);
		world.now += MINUTE;
		const { summary } = world.plan();
		expect(summary.text).toBe(
			'Nothing was written, because 200 leads would be updated in HeyReach, and at most 100 are allowed in one run; 10 linked leads are gone in HeyReach, and at most 5 are allowed in one run. If this is right, set “Updates” to 200 and “Records Gone” to 10 under Allow Once for one run; else look for what is wrong.',
		);
		const allowed = { updates: 200, gone: 10 };
		expect(textOf(world, { overrides: allowed })).toBe(
			'200 leads will be updated and 10 people unlinked (6 calls, less than a minute at the services’ limits).',
		);
		expect(textOf(world, { dryRun: true })).toContain(
			'nothing was written. Without Dry Run the run would stop, because 200 leads would be updated',
		);
		const other = { ...world.policy, initial: 'A' as const };
		expect(textOf(world, { policy: other })).toContain(
			'nothing was written. The next run would stop, because 200 leads would be updated',
		);
	});

	it('of an empty side', () => {
		const world = population(3, 0);
		world.round();
		world.round();
		world.B.people.clear();
		world.now += MINUTE;
		expect(textOf(world, { overrides: {} })).toBe(
			'Nothing was written, because HeyReach has no records at all, though 3 links to it are known. If this is right, set “Empty Side” to 3 under Allow Once for one run; else look for what is wrong.',
		);
	});

	it('of a side that was not read to its end', () => {
		const world = population(3, 0, { brakes: NO_BRAKES });
		world.round();
		const { sides } = world.input();
		const text = textOf(world, { sides: { ...sides, B: { ...sides.B, complete: false } } });
		expect(text).toBe(
			'Nothing will be written: all 3 linked pairs are in step. HeyReach was not read to its end, so no record was linked, created or marked as gone. Linked records were kept in step. 1 question waits for an answer in Needs Review.',
		);
	});

	it('of a partial run with other settings says to use the same', () => {
		const world = population(3, 0);
		world.round();
		world.round();
		editAll(world);
		const input = world.partial({ A: ['a1', 'a2'], B: ['b1', 'b2'] });
		const plan = engine.plan({ ...input, policy: { ...world.policy, initial: 'A' } });
		expect(plan.summary.text).toBe(
			'Nothing was written, because these settings are not those of the last full run. Make them the same as there, or make a full run with these.',
		);
	});
});

it('the costs are those of the services: tags of contacts share calls, leads share pages', () => {
	const world = couple({ past: ['x', 'x'], now: ['new', 'new'] });
	const tagged = couple({ past: ['x', 'x'], now: ['new', 'x'] });
	tagged.A.people.get('a1')!.tags = ['hr:hot'];
	tagged.B.people.get('b1')!.tags = ['hr:cold'];
	expect(world.plan().summary.sides).toMatchObject({
		A: { calls: 0 },
		B: { calls: 0, minutes: 0 },
	});
	expect(tagged.plan().summary.sides).toMatchObject({
		A: { updates: 1, tagsAdded: 1, calls: 1, minutes: 0.1 },
		B: { updates: 1, fieldsChanged: 1, tagsAdded: 1, calls: 2, minutes: 0.1 },
	});
});
