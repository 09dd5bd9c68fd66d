import NodeEnvironment from 'jest-environment-node';

/** What is used here of the state of jest's runner. */
export interface Block {
	type: 'describeBlock';
	children: Array<Block | { type: 'test' }>;
	tests: Array<{ errors: unknown[] }>;
}

/** Message and stack alone: a worker of jest dies of an error that holds a circle, as axios's do. */
function plain(error: unknown): unknown {
	if (Array.isArray(error)) return error.map(plain);
	if (typeof error !== 'object' || error === null || !('stack' in error)) return error;
	const { name, message, stack } = error as Error;
	return Object.assign(new Error(message), { name, stack });
}

export function makePlain({ children, tests }: Block): void {
	for (const test of tests) test.errors = test.errors.map(plain);
	for (const child of children) if (child.type === 'describeBlock') makePlain(child);
}

/** A busy machine is slow, not wrong: no test or hook has less time than this (ms). */
const LEAST_TIMEOUT_MS = 300_000;

/** A test or a hook, and its own limit (ms). */
interface Limited {
	timeout?: number;
}

interface Event {
	name: string;
	test?: Limited;
	hook?: Limited;
}

/** Node, with failures that a worker can always tell of, and with time. */
export default class Environment extends NodeEnvironment {
	handleTestEvent(event: Event, state: { rootDescribeBlock: Block }): void {
		if (event.name === 'run_finish') makePlain(state.rootDescribeBlock);
		const limited = { test_start: event.test, hook_start: event.hook }[event.name];
		if (limited) limited.timeout = Math.max(limited.timeout ?? 0, LEAST_TIMEOUT_MS);
	}
}
