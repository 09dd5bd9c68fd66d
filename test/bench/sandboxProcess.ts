import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Settings } from '../../sandbox';
import type { Begin, Counts } from './quietSandbox';

/** A sandbox in a process of its own, so that its work does not slow down what is measured. */
export interface SandboxProcess {
	url: string;
	ghlUrl: string;
	heyReachUrl: string;
	/** Data, log and limits as at the start, with these settings; the ids of the contacts. */
	begin(settings: Partial<Settings>, rest?: Partial<Begin>): Promise<string[]>;
	/** What it got since `begin`. */
	counts(): Promise<Counts>;
	stop(): void;
}

export async function sandboxProcess(): Promise<SandboxProcess> {
	const child = fork(join(__dirname, 'quietSandbox.ts'), {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const answer = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T;
	const urls = await answer<Pick<SandboxProcess, 'url' | 'ghlUrl' | 'heyReachUrl'>>();
	return {
		...urls,
		begin: async (settings, rest = {}) => {
			child.send({ begin: { settings, ...rest } });
			return await answer<string[]>();
		},
		counts: async () => {
			child.send({ counts: true });
			return await answer<Counts>();
		},
		stop: () => void child.kill(),
	};
}
