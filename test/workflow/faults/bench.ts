import type {
	ExecutionError,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import { SANDBOX, type Sandbox } from '../../../sandbox';
import { runGhl } from '../ghl';
import { runHeyReach } from '../heyReach';
import type { CredentialStore, ScaledTime } from '../support';
import type { FaultRow, ServiceName } from './table';
import { areSame, changesIn, plainOutput, recordsOf } from './view';

export interface RunMore {
	items?: IDataObject[];
	token?: string;
	onError?: 'continueRegularOutput';
	credentials?: CredentialStore;
}

interface Ran {
	error?: ExecutionError;
	json: IDataObject[];
	outputs: INodeExecutionData[][];
}

/** What a run came to: its result, and what it changed in the service. */
export interface Came extends Ran {
	/** A line for each record that is another now. */
	changes: string[];
	/** What came out for each input item, as text, without ids and times that the service made. */
	texts: string[];
	/** By input item. */
	errors: Array<string | undefined>;
}

/** Runs operations of one service against one sandbox, each from the sandbox's first state. */
export class Bench {
	private first?: Map<string, string[]>;

	constructor(
		readonly sandbox: Sandbox,
		private readonly service: ServiceName,
		private readonly time: ScaledTime,
	) {}

	/** Back to the first state, if something has changed. */
	clean(): void {
		const { sandbox, first } = this;
		sandbox.faults.clear();
		sandbox.requests.clear();
		if (first && areSame(first, recordsOf(sandbox))) return;
		sandbox.reset();
		this.first = recordsOf(sandbox);
	}

	async run(
		key: string,
		parametersOf: (sandbox: Sandbox) => INodeParameters,
		{ fault, method, path, contains }: Partial<Strike> = {},
		more: RunMore = {},
	): Promise<Came> {
		const { sandbox, time, service } = this;
		const parameters = parametersOf(sandbox);
		const now = recordsOf(sandbox);
		// What is known of the first state is not looked for again.
		const before = this.first && areSame(this.first, now) ? this.first : now;
		if (fault) sandbox.faults.add({ method, path, contains, ...fault.fault });
		if (fault?.slow) time.scaleTimeouts(150);
		const ran: Ran =
			service === 'highlevel'
				? await runGhl(sandbox, key, parameters, more)
				: await runHeyReach(sandbox, key, parameters, { ...more, apiKey: more.token });
		time.scaleTimeouts(1);
		const given = JSON.stringify([parameters, more.items]);
		const shown = JSON.stringify([ran.json, ran.error]);
		for (const secret of [SANDBOX.privateToken, SANDBOX.heyReachKey]) {
			expect(shown).not.toContain(secret);
		}
		const count = more.items?.length ?? 1;
		const byItem = Array.from({ length: count }, (_, index) =>
			(ran.outputs[0] ?? []).filter(({ pairedItem }) => itemOf(pairedItem) === index),
		);
		// In the order of the items, and none beside them.
		expect(byItem.flat()).toEqual(ran.outputs[0] ?? []);
		return {
			...ran,
			changes: changesIn(sandbox, before, given),
			texts: byItem.map((items) =>
				plainOutput(
					items.map(({ json }) => json),
					before,
					given,
				),
			),
			errors: byItem.map(([item]) => item?.json.error as string | undefined),
		};
	}

	/** Whether the last call of that kind was answered with nothing, or a single digit. */
	isAnsweredEmpty({ method, path = '' }: Partial<Strike>): boolean {
		const call = this.sandbox.requests
			.list({ service: this.service })
			.findLast((request) => request.method === method && new RegExp(path).test(request.path));
		return String(call?.response).length <= 1;
	}

	/** How often a call was sent. */
	sent({ method, path = '', contains = '' }: Partial<Strike>): number {
		return this.sandbox.requests
			.list({ service: this.service })
			.filter((request) => (method ?? request.method) === request.method)
			.filter((request) => new RegExp(path).test(request.path))
			.filter(({ path: at, query, body }) =>
				`${at} ${JSON.stringify(query)} ${JSON.stringify(body)}`.includes(contains),
			).length;
	}
}

/** A fault, and the call that it hits. */
export interface Strike {
	fault: FaultRow;
	method: string;
	path: string;
	contains: string;
}

const itemOf = (paired: INodeExecutionData['pairedItem']): number | undefined =>
	typeof paired === 'object' && 'item' in paired ? paired.item : undefined;
