import { SANDBOX } from '../accounts';
import type { SandboxState } from '../state';
import { leadOf, memberId } from './heyReach';
import type { Moment } from './moments';
import { seedSteps } from './outreach';
import { range } from './people';
import { seedWorkspace } from './workspace';

const LEADS = 20;
/** The last people of the first client are the first people of the second one. */
const SHARED = 2;
const FIRST_PERSON = 300;
const SENDERS = [
	{ firstName: 'Bea', lastName: 'Bright' },
	{ firstName: 'Cem', lastName: 'Cedar' },
	{ firstName: 'Dana', lastName: 'Delta' },
];

/** Numbers of the people who are leads of a client (0 is the first one), as `person` takes them. */
export function peopleOfClient(client: number): number[] {
	const first = FIRST_PERSON + client * LEADS - (client === 1 ? SHARED : 0);
	return range(first, first + LEADS);
}

/** The clients' workspaces, each with a little data that no other has: 2 lists, 2 campaigns, a sender. */
export function seedHeyReachClients(state: SandboxState, moment: Moment): void {
	for (const [at, { name, workspaceId, key }] of SANDBOX.heyReachClients.entries()) {
		state.workspaces.set(workspaceId, {
			id: workspaceId,
			name,
			seatsLimit: 3,
			keys: { PUBLIC: key },
		});
		const people = peopleOfClient(at);
		const ids = people.map(memberId);
		const hundred = (at + 1) * 100;
		const [first, second] = [2001 + hundred, 2002 + hundred];
		const sender = { id: 301 + (at + 1) * 10, ...SENDERS[at] };
		const accountIds = [sender.id];
		const data = state.workspace(workspaceId);
		seedWorkspace(data, moment, {
			leads: people.map((of, number) => leadOf(of, number)),
			lists: [
				{ id: first, name: `${name}: prospects`, members: ids.slice(0, 12) },
				{ id: second, name: `${name}: partners`, members: ids.slice(12) },
			],
			senders: [sender],
			campaigns: [
				{
					id: 1001 + hundred,
					name: `${name}: first contact`,
					status: 'IN_PROGRESS',
					listId: first,
					accountIds,
					members: ids.slice(0, 12),
				},
				{
					id: 1002 + hundred,
					name: `${name}: partners`,
					status: 'IN_PROGRESS',
					listId: second,
					accountIds,
					members: ids.slice(12),
				},
			],
		});
		seedSteps(data, moment);
	}
}
