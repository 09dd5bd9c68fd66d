import { madeBefore, rememberMade, type PlanItem } from '../../nodes/planItem';
import type { Io } from '../../nodes/engine/operation';

describe('What Apply has made', () => {
	const io = { account: { budgetKey: 'an account' } } as Io;
	const item = (at: number) => ({ opKey: `create ${at}` }) as PlanItem;

	it('is known for half an hour, and the oldest is forgotten beyond ten thousand', () => {
		for (let at = 0; at <= 10_000; at++) rememberMade(io, item(at), `contact ${at}`);
		expect(madeBefore(io, item(0))).toBeUndefined();
		expect(madeBefore(io, item(1))).toBe('contact 1');
		const inHalfAnHour = Date.now() + 30 * 60_000;
		jest.spyOn(Date, 'now').mockReturnValue(inHalfAnHour);
		expect(madeBefore(io, item(1))).toBeUndefined();
	});
});
