import { join } from 'node:path';
import type { Settings } from '../../sandbox';
import { nextMessage, startProgram } from '../support/nextMessage';
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
	const child = startProgram(join(__dirname, 'quietSandbox.ts'));
	const urls = await nextMessage<Pick<SandboxProcess, 'url' | 'ghlUrl' | 'heyReachUrl'>>(child);
	return {
		...urls,
		begin: async (settings, rest = {}) => {
			child.send({ begin: { settings, ...rest } });
			return await nextMessage<string[]>(child);
		},
		counts: async () => {
			child.send({ counts: true });
			return await nextMessage<Counts>(child);
		},
		stop: () => void child.kill(),
	};
}
