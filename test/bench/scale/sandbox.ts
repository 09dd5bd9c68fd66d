import { join } from 'node:path';
import type { Settings } from '../../../sandbox';
import type { Population } from '../../support/manyPairs';
import { nextMessage, startProgram } from '../../support/nextMessage';
import type { Request } from './sandboxMain';

/** No limit that anybody meets. */
const NO_LIMITS: Partial<Settings> = {
	burst: { max: 1_000_000, intervalMs: 1_000 },
	dailyQuota: 1e9,
	heyReachPerMinute: 1_000_000,
	heyReachWindowMs: 1_000,
};

/** Call counts by service, method and path. */
export type Counts = Record<string, number>;

/** A sandbox in a process of its own, as the services are on machines of their own. */
export interface ScaleSandbox {
	ghlUrl: string;
	heyReachUrl: string;
	begin(population: Population, settings?: Partial<Settings>): Promise<void>;
	changeSettings(settings: Partial<Settings>): Promise<void>;
	editContacts(count: number): Promise<void>;
	counts(): Promise<Counts>;
	forget(): Promise<void>;
	record(file: string): Promise<void>;
	state(
		tag: string,
		listId: number,
	): Promise<{ contacts: number; tagged: number; members: number }>;
	stop(): void;
}

export async function startScaleSandbox(): Promise<ScaleSandbox> {
	const child = startProgram(join(__dirname, 'sandboxMain.ts'));
	const ask = async <T>(request: Request): Promise<T> => {
		child.send(request);
		return await nextMessage<T>(child);
	};
	const urls = await nextMessage<Pick<ScaleSandbox, 'ghlUrl' | 'heyReachUrl'>>(child);
	return {
		...urls,
		begin: async (population, settings = NO_LIMITS) =>
			await ask({ ask: 'begin', population, settings }),
		changeSettings: async (settings) => await ask({ ask: 'changeSettings', settings }),
		editContacts: async (count) => await ask({ ask: 'editContacts', count }),
		counts: async () => await ask({ ask: 'counts' }),
		forget: async () => await ask({ ask: 'forget' }),
		record: async (file) => await ask({ ask: 'record', file }),
		state: async (tag, listId) => await ask({ ask: 'state', tag, listId }),
		stop: () => void child.kill(),
	};
}
