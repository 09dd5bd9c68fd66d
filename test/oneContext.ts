import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import NodeEnvironment from 'jest-environment-node';
import { makePlain, type Block } from './environment';

type Listener = (...args: unknown[]) => void;

const listenersOf = (name: string | symbol): Listener[] => process.rawListeners(name) as Listener[];

/**
 * All test files of a worker run in Node's own context (`runtime.js` sees to it): code that looks up
 * globals is twice as quick there as in a context that jest makes. What a file leaves behind in it is put
 * back, so that no file finds traces of another.
 */
export default class OneContext extends NodeEnvironment {
	private readonly globals = Object.getOwnPropertyDescriptors(globalThis);
	/** Jest wraps `exit` for each file, around what it finds there. */
	private readonly process = Object.getOwnPropertyDescriptors(process);
	private readonly env = { ...process.env };
	private readonly listeners = new Map(
		process.eventNames().map((name) => [name, listenersOf(name)]),
	);

	constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
		super(config, context);
		this.global = globalThis as unknown as typeof this.global;
		this.fakeTimersModern = new ModernFakeTimers({
			config: config.projectConfig,
			global: globalThis,
		});
	}

	handleTestEvent(event: { name: string }, state: { rootDescribeBlock: Block }): void {
		if (event.name !== 'run_finish') return;
		makePlain(state.rootDescribeBlock);
		// Jest looks at the clock next: how long a file took decides on its place in the next run.
		this.moduleMocker?.restoreAllMocks();
		this.fakeTimersModern?.useRealTimers();
	}

	override async teardown(): Promise<void> {
		this.moduleMocker?.restoreAllMocks();
		await super.teardown();
		for (const key of Reflect.ownKeys(globalThis)) putBack(globalThis, key, this.globals);
		for (const [key, { value }] of Object.entries(this.process))
			if (typeof value === 'function' || key === 'env') putBack(process, key, this.process);
		for (const name of Object.keys(process.env)) {
			if (!(name in this.env)) delete process.env[name];
		}
		Object.assign(process.env, this.env);
		for (const name of process.eventNames()) {
			const before = this.listeners.get(name) ?? [];
			for (const listener of listenersOf(name)) {
				if (!before.includes(listener)) process.removeListener(name, listener);
			}
		}
	}
}

function putBack(owner: object, key: string | symbol, all: object): void {
	const before = Reflect.get(all, key) as PropertyDescriptor | undefined;
	const now = Reflect.getOwnPropertyDescriptor(owner, key);
	if (!now?.configurable) return;
	if (before === undefined) Reflect.deleteProperty(owner, key);
	else if (before.value !== now.value || before.get !== now.get)
		Reflect.defineProperty(owner, key, before);
}
