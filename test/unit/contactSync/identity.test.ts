import fc from 'fast-check';
import * as engine from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { meet, record, url } from './support/people';
import { TownLife, town } from './support/strangers';

const SHARE = 20;

it(`with shared mailboxes and phones, lost answers, retries and crashes: no write reaches somebody else, links stay one to one, nobody is made twice (${CASES(SHARE)} towns)`, () => {
	const property = fc.property(town, (told) => {
		expect(new TownLife(engine, told).wrong).toEqual([]);
	});
	fc.assert(property, { numRuns: CASES(SHARE), seed: SEED });
});

describe('what is nobody’s key', () => {
	const wanted = {
		create: { A: true, B: false },
		unique: { A: { email: 'email', phone: 'phone' } },
	} as const;
	const lead = (id: string, name: string, email: string) =>
		record(
			id,
			{ memberId: id, linkedIn: url(name), emails: [email] },
			{ name, fields: { profile_url: url(name), email_address: email } },
		);
	const contact = (emails: string[]) =>
		record('a1', { linkedIn: url('olga'), emails }, { name: 'Olga', fields: { email: emails[0] } });
	const taken = ({ review }: engine.PlanOutput) => review.filter(({ kind }) => kind === 'taken');

	it.each([
		['a mailbox of a role', ['info@x.com']],
		['an additional mailbox', ['olga@x.com', 'info@x.com']],
	])('is asked about in the first run, with both names: %s', (_what, emails) => {
		const plan = meet([contact(emails)], [lead('11', 'karl', 'info@x.com')], wanted);
		expect(plan.applyA).toEqual([]);
		expect(plan.links.filter(({ state }) => state !== 'run')).toEqual([]);
		expect(taken(plan)).toEqual([expect.objectContaining({ aId: 'a1', bId: '11' })]);
		expect(taken(plan)[0].reason).toContain('Olga (GHL) and karl (HeyReach) have the same e-mail');
	});

	it('is given to nobody of several; after keepApart all are made without it', () => {
		const three = ['11', '12', '13'].map((id) => lead(id, `p${id}`, 'team@x.com'));
		const plan = meet([], three, wanted);
		expect(plan.applyA).toEqual([]);
		const [{ conflictId, bId }] = taken(plan);
		expect(bId).toBe('11 12 13');
		const resolutions = [{ conflictId, choose: 'keepApart' as const, by: 'Ann' }];
		const answered = meet([], three, wanted, { resolutions });
		expect(answered.applyA.map(({ set }) => set)).toEqual(
			['p11', 'p12', 'p13'].map((name) => ({ linkedInUrl: url(name) })),
		);
	});

	it('is an id of the other side that was copied with a record of somebody else', () => {
		const copied = record('a1', { crossId: '11', linkedIn: url('olga') });
		const plan = meet([copied], [lead('11', 'karl', 'k@x.com')]);
		expect(plan.links.filter(({ state }) => state === 'linked')).toEqual([]);
		expect(plan.review.some(({ kind }) => kind === 'contradiction')).toBe(true);
	});

	it('a population of numbers that are not known yet gives no row for review', () => {
		const B = [record('imp_1', { linkedIn: url('karl') }, { untold: ['position'] })];
		const unread = meet([], B).review.map(({ reason }) => reason);
		expect(unread.some((reason) => reason.includes('has a field “position”'))).toBe(false);
	});

	it('one record that comes back for two people is linked to neither', () => {
		const plan = meet([], [lead('11', 'karl', 'k@x.com'), lead('12', 'mia', 'm@x.com')], wanted);
		const items = plan.applyA.map((item) => ({ ...item, result: { id: 'new' } }));
		const { links, summary } = engine.commit({ runId: 'r', now: 0, items });
		expect(links.map(({ state }) => state)).toEqual(['pendingCreate', 'pendingCreate']);
		expect(summary).toMatchObject({ ok: 0, failed: 2 });
	});

	it('a create whose answer is lost has its time of grace from then on, however old the plan is', () => {
		const plan = meet([], [lead('11', 'karl', 'k@x.com')], wanted);
		const error = { message: 'No answer', sent: true };
		const items = plan.applyA.map((item) => ({ ...item, error }));
		const begunAt = 3_600_000;
		const { links } = engine.commit({ runId: 'r', now: begunAt + 60_000, begunAt, items });
		const [pending] = plan.links.filter(({ state }) => state === 'pendingCreate');
		const changedAt = new Date(begunAt).toISOString();
		expect(links).toEqual([{ ...pending, rev: pending.rev + 1, changedAt }]);
	});

	it('a create that was surely not sent is no create under way', () => {
		const plan = meet([], [lead('11', 'karl', 'k@x.com')], wanted);
		const taken = [{ name: 'email', id: 'c9', owner: 'Olga' }];
		const items = plan.applyA.map((item) => ({ ...item, result: { id: '', stale: true, taken } }));
		const { links } = engine.commit({ runId: 'r', now: 0, items });
		expect(links).toEqual([expect.objectContaining({ state: 'expired' })]);
		const rows = { links: [...plan.links.filter(({ state }) => state === 'run'), ...links] };
		const [again] = meet([], [lead('11', 'karl', 'k@x.com')], wanted, rows).applyA;
		expect(again.lookUpFirst).toBe(false);
	});
});
