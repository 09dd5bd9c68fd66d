import type { IDataObject } from 'n8n-workflow';
import { pollFunctions } from './contexts';
import type { NodeSetup } from './setup';

/** An active workflow whose polling trigger n8n asks from time to time. */
export interface PollWorkflow {
	/** One poll; what the workflow starts with, or nothing. */
	poll(): Promise<IDataObject[]>;
	/** n8n starts again: only what is stored of the static data is left. */
	restart(): void;
	/** A test run in the editor. */
	sample(): Promise<IDataObject[]>;
	/** How much n8n stores, in characters of JSON. */
	stored(): number;
	logs: string[];
}

/** As in n8n, one context serves all polls between two restarts. */
export function pollWorkflow(setup: NodeSetup): PollWorkflow {
	let staticData: IDataObject = setup.staticData ?? {};
	const open = () => pollFunctions({ ...setup, staticData });
	let context = open();
	const jsonOf = (output: Array<Array<{ json: IDataObject }>> | null) => {
		if (output === null) return [];
		// n8n would start the workflow with nothing.
		if (output.length !== 1 || output[0].length === 0) throw new Error('An empty output');
		return output[0].map(({ json }) => json);
	};
	return {
		poll: async () => jsonOf(await context.call(setup.node.poll)),
		restart() {
			staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
			context = open();
		},
		async sample() {
			const before = JSON.stringify(staticData);
			const manual = pollFunctions({ ...setup, staticData, mode: 'manual', activation: 'manual' });
			const found = jsonOf(await manual.call(setup.node.poll));
			if (JSON.stringify(staticData) !== before) throw new Error('The test run left traces');
			return found;
		},
		stored: () => JSON.stringify(staticData).length,
		get logs() {
			return context.logs;
		},
	};
}
