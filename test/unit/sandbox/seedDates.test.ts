import { SANDBOX, clientLocationId } from '../../../sandbox';
import { firstDayBefore } from '../../../sandbox/seed/moments';
import { withSandbox } from '../../support/useSandbox';

const DAY = 24 * 60 * 60_000;

describe('the day that the seed’s dates count from', () => {
	it.each([
		['a Sunday', '2026-11-29T12:00:00Z', '2026-11-16T09:00:00.000Z'],
		['ten days after a Monday at 9', '2026-11-26T09:00:00Z', '2026-11-16T09:00:00.000Z'],
		['a moment before that', '2026-11-26T08:59:59Z', '2026-11-09T09:00:00.000Z'],
		['the first days of a year', '2026-01-02T00:00:00Z', '2025-12-22T09:00:00.000Z'],
	])('is a Monday at least ten days ago: %s', (_case, now, expected) => {
		expect(firstDayBefore(new Date(now)).toISOString()).toBe(expected);
	});

	it('makes what has happened past, and none of it old', async () => {
		const agency = { locations: 60 };
		await withSandbox({ firstDay: undefined, agency, heyReachClients: true }, async ({ state }) => {
			const now = Date.now();
			const past = [
				...[...state.contacts.values()].map(({ dateAdded }) => dateAdded),
				...[...state.notes.values()].map(({ dateAdded }) => dateAdded),
				...[...state.messages.values()].map(({ dateAdded }) => dateAdded),
				...[...state.opportunities.values()].map(({ updatedAt }) => updatedAt),
				...[...state.workspace(SANDBOX.heyReachWorkspaceId).chatrooms.values()].flatMap(
					({ messages }) => messages.map(({ createdAt }) => createdAt),
				),
			].map((iso) => Date.parse(iso));
			expect(past.length).toBeGreaterThan(300);
			expect(Math.max(...past)).toBeLessThanOrEqual(now);
			expect(Math.min(...past)).toBeGreaterThan(now - 20 * DAY);
			// A filter by tag and by the last 30 days finds somebody at each client.
			const vips = [...state.contacts.values()].filter(({ tags }) => tags.includes('vip'));
			const places = vips.map(({ locationId }) => locationId);
			for (const client of [0, 1, 2]) expect(places).toContain(clientLocationId(client));
		});
	});
});
