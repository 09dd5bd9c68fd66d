import { LAST_N8N_1 } from './n8n/runtime';

/** The long version of a test: more cases, larger numbers, or another n8n. */
export interface Part {
	name: string;
	/** What it does, for the list of parts. */
	what: string;
	/** One run or more, each with its own settings. */
	runs: Run[];
}

type Run = (JestRun | ProgramRun) & { env: Record<string, string> };

export interface JestRun {
	project: 'unit' | 'workflow' | 'e2e' | 'queue';
	/** Which test files, as jest takes it. */
	files: string;
	/** Which tests in them: those whose names begin so. */
	tests?: string[];
	/** And those with none of these words in their names. */
	without?: string[];
}

/** A program of its own, for what jest would stand in the way of. */
export interface ProgramRun {
	/** Its file and arguments. */
	program: string[];
}

export const SEED = Number(process.env.SOAK_SEED ?? Date.now() & 0x7fffffff);
const CASES = Number(process.env.SOAK_CASES ?? 1_000_000);
/** In portions, so that there is progress to see and a late failure does not cost everything before it. */
const PORTION = 40_000;

const portions = Array.from({ length: Math.ceil(CASES / PORTION) }, (_, at) => ({
	SYNC_CASES: String(Math.min(PORTION, CASES - at * PORTION)),
	SYNC_SEED: String(SEED + at),
}));

export const PARTS: Part[] = [
	{
		name: 'cases',
		what: `${CASES.toLocaleString('en')} random cases of the reconciler`,
		runs: portions.map((env) => ({
			project: 'unit',
			files: 'contactSync/(model|normalise|plan|properties|whoIsWho)',
			env,
		})),
	},
	{
		name: 'polling',
		what: 'worlds of the polling triggers, ten times as many and as long',
		runs: [{ project: 'unit', files: 'unit/polling', env: { SOAK_SCALE: '10' } }],
	},
	{
		name: 'security',
		what: '100,000 forged and damaged deliveries',
		runs: [{ project: 'workflow', files: 'triggerSecurity', env: { SECURITY_CASES: '100000' } }],
	},
	{
		name: 'trip',
		what: '2,000 contacts and 1,500 leads synced through the real nodes',
		runs: [{ project: 'workflow', files: 'contactSyncTrip', env: { SYNC_TRIP: '2000x1500' } }],
	},
	{
		name: 'kills',
		what: 'n8n killed 20 times in a run of 1,000 items and in a reconciliation of several portions',
		runs: [{ project: 'e2e', files: 'e2e/kills', env: { KILLS: '20', KILL_SEED: String(SEED) } }],
	},
	{
		name: 'queue',
		what: 'a worker, the main process, the webhook process, Redis and Postgres killed 20 times each',
		runs: [
			{
				...{ project: 'queue', files: 'queueMode', tests: ['An import that goes on'] },
				env: { QUEUE_KILLS: '20' },
			},
		],
	},
	{
		name: 'deliveries',
		what: '2,000 events of HighLevel and 300 of HeyReach, by twenty at once',
		runs: [{ project: 'e2e', files: 'e2e/deliveries', env: { DELIVERIES: '2000' } }],
	},
	{
		name: 'inbox',
		what: '5,000 lives of the rows of the LinkedIn inbox, and 1,000 messages with n8n killed 5 times',
		runs: [
			{ project: 'unit', files: 'unit/inbox', env: { INBOX_CASES: '5000' } },
			{
				...{ project: 'e2e', files: 'e2e/inboxMessages' },
				env: { INBOX_MESSAGES: '1000', INBOX_KILLS: '5', INBOX_SEED: String(SEED) },
			},
		],
	},
	{
		name: 'weeks',
		what: 'a million deliveries and 100,000 executions in one process, whose memory stays flat',
		runs: [
			{
				program: ['test/soak/weeks.ts', 'deliveries'],
				env: { WEEKS_DELIVERIES: process.env.WEEKS_DELIVERIES ?? '1000000' },
			},
			{
				program: ['test/soak/weeks.ts', 'executions'],
				env: { WEEKS_EXECUTIONS: process.env.WEEKS_EXECUTIONS ?? '100000' },
			},
		],
	},
	{
		name: 'n8n1',
		// Data Tables are of n8n 2, and so is the editor that the other tests know their way about in.
		what: `the e2e and queue mode tests that need neither Data Tables nor the editor, on n8n ${LAST_N8N_1}`,
		runs: [
			{
				project: 'e2e',
				files: 'e2e/(boot|deliveries|oauth|polling)',
				without: ['editor', 'clicking'],
				env: { E2E_N8N: LAST_N8N_1 },
			},
			{
				project: 'queue',
				files: 'queueMode',
				tests: [
					'a polling trigger',
					'two workers',
					'an expired token',
					'the polling trigger',
					'An import',
				],
				env: { E2E_N8N: LAST_N8N_1 },
			},
		],
	},
];

/** How it is called, as npm exec takes it. */
export function commandOf(run: JestRun | ProgramRun): string[] {
	if ('program' in run) return ['tsx', ...run.program];
	const { project, files, tests = [], without = [] } = run;
	const args = ['--selectProjects', project, '--testPathPattern', files];
	if (tests.length + without.length === 0) return ['jest', ...args];
	const none = without.length > 0 ? `(?!.*(${without.join('|')}))` : '';
	return ['jest', ...args, '--testNamePattern', `^${none}(${tests.join('|')})`];
}
