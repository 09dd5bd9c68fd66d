import { summaryOf } from '../../../nodes/ContactSync/planReport';
import { FIELDS, policy } from './support/policies';
import { World } from './support/world';
import * as engine from '../../../nodes/ContactSync/reconcile';

const person = (number: number, side: 'A' | 'B', title: string | null) => {
	const names = side === 'A' ? ['email', 'linkedInUrl'] : ['email_address', 'profile_url'];
	return {
		fields: {
			[FIELDS[0][side]]: `Ann ${number}`,
			[FIELDS[3][side]]: title,
			[names[0]]: `ann${number}@example.com`,
			[names[1]]: `https://www.linkedin.com/in/ann-${number}/`,
		},
		tags: [],
		updatedAt: 0,
	};
};

function told(world: World): string[] {
	const { changes } = summaryOf(world.plan({ dryRun: true }), { notes: [], newestRowId: 7 });
	return changes as string[];
}

it('says in words whom a dry run would change, and how, and whom it leaves alone', () => {
	const world = new World(engine, policy({ create: { A: false, B: false } }));
	world.A.add(person(1, 'A', 'Head of\nSales'));
	world.B.add(person(1, 'B', null));
	world.B.add(person(2, 'B', 'CEO'));
	expect(told(world)).toEqual([
		expect.stringMatching(/^\S+ in HeyReach: Job title is set to “Head of Sales”\.$/),
		'1 lead without a contact: no contact is created.',
	]);
});

it('names a dozen at most, of both services, and says how many more there are', () => {
	const world = new World(engine, policy({ create: { A: true, B: true } }));
	for (let number = 0; number < 20; number++)
		world[number < 4 ? 'A' : 'B'].add(person(number, number < 4 ? 'A' : 'B', 'x'));
	const lines = told(world);
	expect(lines).toHaveLength(13);
	expect(lines.filter((line) => / in HighLevel: new\.$/.test(line))).toHaveLength(8);
	expect(lines.filter((line) => / in HeyReach: new\.$/.test(line))).toHaveLength(4);
	expect(lines[12]).toBe('And 8 more.');
});
