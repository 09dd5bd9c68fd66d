import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { chosenLists } from './accounts/chosenLists';
import { fromAccounts } from './accounts/fromAccounts';
import { fromItems } from './accounts/inputItems';
import { failedRun } from './failedRun';
import { noFullRun } from './keptSettings';
import { showHints, summaryOf } from './planReport';
import { portionsOf } from './portions';
import { plan } from './reconcile';
import { readSettings } from './settings';

/**
 * Reads both sides and the state, and plans. The outputs are: link rows to store, audit rows to append,
 * the writes in portions, questions for a person, and a summary.
 */
export async function runPlan(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		return await planned(context);
	} catch (error) {
		return failedRun(context, error, 5);
	}
}

async function planned(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const given = readSettings(context);
	const settings = { ...given, lists: await chosenLists(context, given.lists) };
	const { A, B, state } = settings.fromAccounts
		? await fromAccounts(context, settings)
		: await fromItems(context, settings);
	const now = Date.now();
	const output = plan({
		runId: context.getExecutionId() || `run-${now}`,
		now,
		mode: settings.mode,
		pair: settings.account,
		dryRun: settings.dryRun,
		sides: { A: A.input, B: B.input },
		links: state.links,
		resolutions: state.resolutions,
		policy: settings.policy,
		overrides: settings.overrides,
		...(settings.kept !== undefined && { kept: settings.kept }),
	});
	const isNew = output.summary.brakes.some(
		({ brake, tripped }) => brake === 'newPolicy' && tripped,
	);
	if (isNew && settings.mode === 'partial') throw noFullRun();
	const notes = [...A.notes, ...B.notes];
	showHints(context, settings, state.unknown, output, notes);
	const portions = portionsOf(output, {
		lists: settings.lists,
		auditValues: settings.policy.auditValues !== false,
		...(settings.fromAccounts && { account: settings.account }),
	});
	const summary = summaryOf(output, { notes, newestRowId: state.newestRowId });
	return [output.links, output.audit, portions, output.review, [summary]].map((rows) =>
		rows.map((json) => ({ json: json as object as IDataObject, pairedItem: [] })),
	);
}
