import { EventEmitter } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { INode, IWebhookFunctions } from 'n8n-workflow';
import {
	resolveWebhookDescriptionField,
	webhookDescriptionIsNativelyResolvable,
} from 'n8n-workflow';
import {
	memoryOf,
	RECENT_LIMIT_OF_ALL,
	remembered,
} from '../../../nodes/engine/webhook/nodeMemory';
import { RecentIds } from '../../../nodes/engine/webhook/recentIds';
import type { UnderWay } from '../../../nodes/engine/webhook/recentIds';
import { answerRepeat } from '../../../nodes/engine/webhook/repeats';
import { secretsMatch } from '../../../nodes/engine/webhook/secrets';
import { checkAllowlist, postWebhook } from '../../../nodes/engine/webhook/properties';

it('matches a secret with itself and with nothing else', () => {
	fc.assert(
		fc.property(fc.string({ minLength: 1 }), fc.string(), (secret, other) => {
			expect(secretsMatch(secret, secret)).toBe(true);
			expect(secretsMatch(other, secret)).toBe(other === secret);
		}),
	);
	for (const nothing of [undefined, null, '', ['a'], { a: 1 }, 1]) {
		expect(secretsMatch(nothing, 'a')).toBe(false);
		expect(secretsMatch('a', nothing)).toBe(false);
		expect(secretsMatch(nothing, nothing)).toBe(false);
	}
});

it('costs a newer n8n no evaluation of an expression with each delivery', () => {
	expect(webhookDescriptionIsNativelyResolvable(postWebhook)).toBe(true);
	const modeOf = (parameters: object) =>
		resolveWebhookDescriptionField({ parameters } as INode, postWebhook, 'responseMode');
	expect(modeOf({ options: { respond: 'lastNode' } })).toEqual({
		resolved: true,
		value: 'lastNode',
	});
	for (const parameters of [{ options: {} }, {}, { options: { respond: '' } }]) {
		expect(modeOf(parameters)).toEqual({ resolved: true, value: 'onReceived' });
	}
	// An expression of the user is still evaluated.
	expect(modeOf({ options: { respond: '={{ $json.mode }}' } })).toEqual({ resolved: false });
});

describe('The ids of deliveries', () => {
	it('are under way until they are done; what is not done is new again', () => {
		const ids = new RecentIds(3);
		const first = started(ids.begin('a'));
		expect(ids.begin('a')).toBe('under way');
		ids.end('a', first, false);
		const second = started(ids.begin('a'));
		expect(ids.begin('a')).toBe('under way');
		ids.end('a', second, true);
		expect([ids.begin('a'), ids.begin('a')]).toEqual(['done', 'done']);
	});

	it('are kept to the last ones that are done', () => {
		const ids = new RecentIds(3);
		const deliver = (id: string) => {
			const standing = ids.begin(id);
			if (typeof standing === 'string') return standing;
			ids.end(id, standing, true);
			return 'new';
		};
		expect(['a', 'b', 'c', 'a', 'd', 'a', 'b'].map(deliver)).toEqual([
			'new',
			'new',
			'new',
			'done',
			'new', // b is forgotten: a was seen again after it
			'done',
			'new',
		]);
	});

	it('of deliveries that are lost are forgotten, and their late answers end no other', () => {
		const ids = new RecentIds(3);
		const lost = started(ids.begin('a'));
		lost.lostAt = 0;
		expect(ids.isIdle).toBe(true);
		const next = started(ids.begin('a'));
		ids.end('a', lost, true);
		expect(ids.begin('a')).toBe('under way');
		next.lostAt = 0;
		started(ids.begin('b'));
		expect(ids.size).toBe(1);
	});

	it('lose no event: whatever comes in whatever order, none is done without a run that succeeded', () => {
		const step = fc.record({
			id: fc.constantFrom('a', 'b', 'c', 'd'),
			what: fc.constantFrom('comes', 'succeeds', 'fails'),
		});
		fc.assert(
			fc.property(
				fc.array(step, { maxLength: 60 }),
				fc.integer({ min: 1, max: 4 }),
				(steps, limit) => {
					const ids = new RecentIds(limit);
					const running = new Map<string, UnderWay>();
					const succeeded = new Set<string>();
					for (const { id, what } of steps) {
						const run = running.get(id);
						if (what === 'comes') {
							const standing = ids.begin(id);
							expect(standing === 'under way').toBe(run !== undefined);
							if (standing === 'done') expect(succeeded).toContain(id);
							if (typeof standing === 'object') running.set(id, standing);
						} else if (run) {
							running.delete(id);
							ids.end(id, run, what === 'succeeds');
							if (what === 'succeeds') succeeded.add(id);
						}
					}
				},
			),
		);
	});
});

/** The delivery is new. */
function started(standing: ReturnType<RecentIds['begin']>): UnderWay {
	if (typeof standing === 'string') throw new Error(`It is ${standing}.`);
	return standing;
}

describe('The memory of all webhook nodes', () => {
	const nodeOf = (workflow: string, more: object = {}) =>
		({
			getWorkflow: () => ({ id: workflow }),
			getNode: () => ({ id: 'trigger', name: 'Trigger' }),
			getMode: () => 'webhook',
			logger: { debug: () => {} },
			...more,
		}) as object as IWebhookFunctions;

	it('has a bound, and forgets the node first that was quiet the longest', () => {
		const deliver = (workflow: string, id: string) => {
			const { recent } = memoryOf(nodeOf(workflow));
			const standing = recent.begin(id);
			if (typeof standing === 'string') return standing;
			recent.end(id, standing, true);
			return 'new';
		};
		const perNode = 5_000;
		const nodes = Math.ceil((1.5 * RECENT_LIMIT_OF_ALL) / perNode);
		for (let node = 0; node < nodes; node++) {
			for (let id = 0; id < perNode; id++) deliver(`workflow ${node}`, `delivery ${id}`);
			// A delivery is weighed when the next one comes.
			expect(remembered()).toBeLessThanOrEqual(RECENT_LIMIT_OF_ALL);
		}
		expect(deliver(`workflow ${nodes - 1}`, 'delivery 0')).toBe('done');
		expect(deliver('workflow 0', 'delivery 0')).toBe('new');
	});

	it('does not grow with the length of the IDs', () => {
		setFlagsFromString('--expose-gc');
		const collectGarbage = runInNewContext('gc') as () => void;
		const heapUsed = () => {
			collectGarbage();
			return process.memoryUsage().heapUsed;
		};
		const take = (id: string) => {
			const response = Object.assign(new EventEmitter(), {
				...{ statusCode: 200, destroyed: false, writableEnded: true },
			});
			const answered = answerRepeat(
				nodeOf('long IDs', { getResponseObject: () => response }),
				id,
				{},
			);
			response.emit('close');
			return answered;
		};
		const long = (at: number) => Buffer.alloc(100_000, `delivery ${at} `).toString('latin1');
		take(long(0));
		const before = heapUsed();
		for (let at = 1; at <= 500; at++) expect(take(long(at))).toBeUndefined();
		expect(heapUsed() - before).toBeLessThan(10 * 2 ** 20);
		expect(take(long(500))).toEqual({ webhookResponse: 'OK' });
	});
});

it('says which entry of an allowlist is no address', () => {
	expect(() => checkAllowlist('10.0.0.1, 10.0.0.0/8')).not.toThrow();
	expect(() => checkAllowlist('10.0.0.1, my-office')).toThrow(
		'“my-office” in IP(s) Allowlist is not an IP address',
	);
});
