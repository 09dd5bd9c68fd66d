import type { JestEnvironmentConfig } from '@jest/environment';
import * as n8nWorkflow from 'n8n-workflow';
import OneContext from '../oneContext';

const environment = (): OneContext => {
	const projectConfig = { globals: {}, testEnvironmentOptions: {}, fakeTimers: {} };
	return new OneContext({ projectConfig, globalConfig: {} } as unknown as JestEnvironmentConfig, {
		console,
		docblockPragmas: {},
		testPath: __filename,
	});
};

describe('the context that all test files of a worker share', () => {
	it('has nothing of a file that is over', async () => {
		const { Date: RealDate, setTimeout: realTimeout } = globalThis;
		const { PATH } = process.env;
		const listeners = process.listenerCount('exit');
		const { exit, env } = process;
		const file = environment();
		Object.assign(globalThis, { leftBehind: true });
		globalThis.Date = class extends RealDate {} as DateConstructor;
		Object.assign(process.env, { LEFT_BEHIND: 'yes', PATH: 'elsewhere' });
		process.on('exit', () => undefined);
		// As jest does for each file.
		process.exit = () => exit();
		process.env = {};
		file.moduleMocker?.spyOn(Math, 'random').mockReturnValue(0);
		file.fakeTimersModern?.useFakeTimers();
		await file.teardown();
		expect(globalThis).not.toHaveProperty('leftBehind');
		expect(globalThis.Date).toBe(RealDate);
		expect(globalThis.setTimeout).toBe(realTimeout);
		expect(process.env.LEFT_BEHIND).toBeUndefined();
		expect(process.env.PATH).toBe(PATH);
		expect(process.listenerCount('exit')).toBe(listeners);
		expect(process.exit).toBe(exit);
		expect(process.env).toBe(env);
		expect(Math.random()).not.toBe(Math.random());
	});

	it('has its own clock when jest looks how long a file took', async () => {
		const { Date: RealDate } = globalThis;
		const { now } = Date;
		const file = environment();
		file.fakeTimersModern?.useFakeTimers();
		file.moduleMocker?.spyOn(RealDate, 'now').mockReturnValue(0);
		const rootDescribeBlock = { type: 'describeBlock' as const, children: [], tests: [] };
		file.handleTestEvent({ name: 'run_finish' }, { rootDescribeBlock });
		expect(globalThis.Date).toBe(RealDate);
		expect(Date.now).toBe(now);
		await file.teardown();
	});

	it('is Node’s own, and packages are loaded by Node alone', () => {
		const { createRequire } = process.getBuiltinModule('node:module');
		expect(n8nWorkflow.NodeApiError).toBe(
			(createRequire(__filename)('n8n-workflow') as typeof n8nWorkflow).NodeApiError,
		);
		expect(Object).toBe(Object.getPrototypeOf(process.versions).constructor);
	});

	it('refuses to replace a package, which it would not do', () => {
		expect(() => jest.doMock('n8n-workflow', () => ({}))).toThrow('use jest.spyOn');
	});
});
