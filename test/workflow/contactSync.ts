import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node.ts';
import type { AuditRow, LinkRow, ReviewRow, Summary } from '../../nodes/ContactSync/reconcile';
import { GhlOAuth2Api } from '../../credentials/GhlOAuth2Api.credentials';
import { GhlPrivateIntegrationApi } from '../../credentials/GhlPrivateIntegrationApi.credentials';
import { HeyReachApi } from '../../credentials/HeyReachApi.credentials';
import { SANDBOX, type Sandbox } from '../../sandbox';
import { byId, runGhl } from './ghl';
import { runHeyReach } from './heyReach';
import { CredentialStore, runNode, type Items } from './support';

/** What a workflow keeps between runs; stored as the rows say. */
export class Tables {
	readonly links = new Map<string, LinkRow>();
	readonly review = new Map<string, ReviewRow>();
	readonly audit: AuditRow[] = [];

	clear(): void {
		this.links.clear();
		this.review.clear();
		this.audit.length = 0;
	}

	/** Rows of an output Sync State. */
	store(rows: IDataObject[]): void {
		for (const { table, ...row } of rows) {
			if (table === 'audit') this.audit.push(row as object as AuditRow);
			else if (table === 'links') this.storeLink(row as object as LinkRow);
			else {
				const { conflictId, status } = row as object as ReviewRow;
				const stored = this.review.get(conflictId);
				if (stored) this.review.set(conflictId, { ...stored, status });
			}
		}
	}

	/** Update where the revision is the one before, else insert if it is the first. */
	private storeLink(row: LinkRow): void {
		const stored = this.links.get(row.pairId);
		if (stored ? stored.rev === row.rev - 1 : row.rev === 1) this.links.set(row.pairId, row);
	}

	/** Rows of the output Needs Review: what a person has answered stays. */
	note(rows: ReviewRow[]): void {
		for (const row of rows) {
			const { choose = '', value = '', by = '', at = '' } = this.review.get(row.conflictId) ?? {};
			this.review.set(row.conflictId, { ...row, choose, value, by, at } as ReviewRow);
		}
	}

	/** As a database gives them: with columns of its own, and null for an empty cell. */
	rows(): IDataObject[] {
		const cells = (row: object) =>
			Object.fromEntries(
				Object.entries(row).map(([key, value]) => [key, value === '' ? null : value]),
			);
		return [...this.links.values(), ...this.review.values()].map((row, id) => ({
			id,
			createdAt: '2026-01-01',
			...cells(row),
		}));
	}
}

export interface Planned {
	state: IDataObject[];
	applyInGhl: IDataObject[];
	applyInHeyReach: IDataObject[];
	review: ReviewRow[];
	summary: Summary & { skipped: IDataObject[]; preview?: IDataObject };
	error?: Error;
	hints: string[];
}

/** Runs Plan in n8n's own engine. */
export async function runPlan(
	inputs: Array<Items | undefined>,
	parameters: INodeParameters = {},
	credentials?: CredentialStore,
): Promise<Planned> {
	const { outputs, error, hints } = await runNode({
		node: new ContactSync(),
		inputs,
		parameters: { operation: 'plan', ...parameters },
		credentials,
	});
	const [state, applyInGhl, applyInHeyReach, review, summary] = [0, 1, 2, 3, 4].map((index) =>
		(outputs[index] ?? []).map(({ json }) => json),
	);
	return {
		state,
		applyInGhl,
		applyInHeyReach,
		review: review as object[] as ReviewRow[],
		summary: summary[0] as object as Planned['summary'],
		error,
		hints: hints.map(({ message }) => message),
	};
}

/** Credentials of both services, for a Plan that reads both accounts. */
export const bothCredentials = (
	sandbox: Sandbox,
	oauthTokenData: IDataObject = {},
): CredentialStore =>
	new CredentialStore([new GhlPrivateIntegrationApi(), new GhlOAuth2Api(), new HeyReachApi()], {
		ghlOAuth2Api: {
			clientId: SANDBOX.oauthClientId,
			clientSecret: SANDBOX.oauthClientSecret,
			baseUrl: sandbox.ghlUrl,
			oauthTokenData,
		},
		ghlPrivateIntegrationApi: {
			token: SANDBOX.privateToken,
			locationId: SANDBOX.locationId,
			baseUrl: sandbox.ghlUrl,
		},
		heyReachApi: { apiKey: SANDBOX.heyReachKey, baseUrl: sandbox.heyReachUrl },
	});

export async function runCommit(items: IDataObject[]) {
	const { outputs, error } = await runNode({
		node: new ContactSync(),
		items,
		parameters: { operation: 'commit' },
	});
	const [state, audit, summary] = [0, 1, 2].map((index) =>
		(outputs[index] ?? []).map(({ json }) => json),
	);
	return { state, audit: audit as object[] as AuditRow[], summary: summary?.[0], error };
}

export const allContacts = async (sandbox: Sandbox) =>
	(
		await runGhl(sandbox, 'contact:getMany', {
			returnAll: true,
			simplify: false,
			options: { customFieldsByName: true },
		})
	).json;

export const leadsOfLists = async (sandbox: Sandbox, lists: number[]) => {
	const reads = lists.map((id) =>
		runHeyReach(sandbox, 'list:getLeads', {
			listId: byId(String(id)),
			returnAll: true,
			simplify: false,
		}),
	);
	return (await Promise.all(reads)).flatMap(({ json }) => json);
};

/** Where a run of the workflow ends early. */
export type Stop = 'planned' | 'stored' | 'half written' | 'written' | undefined;

export interface SyncOptions {
	lists: number[];
	syncList: number;
	parameters?: INodeParameters;
	stop?: Stop;
}

/** One run of the whole workflow, as the template makes it. */
export async function syncOnce(
	sandbox: Sandbox,
	tables: Tables,
	{ lists, syncList, parameters, stop }: SyncOptions,
): Promise<Planned> {
	const planned = await runPlan(
		[await allContacts(sandbox), await leadsOfLists(sandbox, lists), tables.rows()],
		parameters,
	);
	if (planned.error) throw planned.error;
	if (stop === 'planned') return planned;
	tables.store(planned.state);
	tables.note(planned.review);
	if (stop === 'stored') return planned;
	const part = (items: IDataObject[]) =>
		stop === 'half written' ? items.slice(0, Math.ceil(items.length / 2)) : items;
	const ghl = await apply(part(planned.applyInGhl), async (items) =>
		runGhl(sandbox, 'sync:applyPlanItem', {}, { items }),
	);
	const heyReach = await apply(part(planned.applyInHeyReach), async (items) =>
		runHeyReach(sandbox, 'sync:applyPlanItem', { listId: byId(String(syncList)) }, { items }),
	);
	if (stop) return planned;
	// Commit knows by the summary that the run has come to its end.
	const summary = planned.summary as object as IDataObject;
	const committed = await runCommit([...ghl, ...heyReach, summary]);
	if (committed.error) throw committed.error;
	tables.store(committed.state);
	tables.audit.push(...committed.audit);
	return planned;
}

async function apply(
	items: IDataObject[],
	run: (items: IDataObject[]) => Promise<{ json: IDataObject[] }>,
): Promise<IDataObject[]> {
	return items.length === 0 ? [] : (await run(items)).json;
}
