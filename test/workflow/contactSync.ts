import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { ContactSync } from '../../nodes/ContactSync/ContactSync.node.ts';
import type { Portion } from '../../nodes/ContactSync/portions';
import { commit } from '../../nodes/ContactSync/reconcile';
import type { AuditRow, LinkRow, ReviewRow, Summary } from '../../nodes/ContactSync/reconcile';
import { GhlOAuth2Api } from '../../credentials/GhlOAuth2Api.credentials';
import { GhlPrivateIntegrationApi } from '../../credentials/GhlPrivateIntegrationApi.credentials';
import { HeyReachApi } from '../../credentials/HeyReachApi.credentials';
import { SANDBOX, type Sandbox } from '../../sandbox';
import { byId, runGhl } from './ghl';
import { runHeyReach } from './heyReach';
import { CredentialStore, runNode, type Items } from './support';

/** What a workflow keeps between runs, in tables to which rows are only ever added. */
export class Tables {
	private linkRows: LinkRow[] = [];
	private reviewRows: ReviewRow[] = [];
	readonly audit: AuditRow[] = [];

	clear(): void {
		this.linkRows = [];
		this.reviewRows = [];
		this.audit.length = 0;
	}

	/** The newest row of each pair. */
	get links(): Map<string, LinkRow> {
		return newest(
			this.linkRows,
			({ pairId }) => pairId,
			({ rev }) => rev,
		);
	}

	/** The newest row of each question. */
	get review(): Map<string, ReviewRow> {
		return newest(
			this.reviewRows,
			({ conflictId }) => conflictId,
			({ generation }) => generation ?? 0,
		);
	}

	/** Stores what Plan or Apply put out. */
	store({ rows, audit, review = [] }: Stored): void {
		this.linkRows.push(...rows);
		this.audit.push(...audit);
		this.reviewRows.push(...review);
	}

	/** A person answers a question, as the form does. */
	answer(question: ReviewRow, answer: Partial<ReviewRow>): void {
		this.reviewRows.push({ ...question, ...answer, generation: Date.now() });
	}

	/** As a database gives them: with columns of its own, and null for an empty cell. */
	rows(): IDataObject[] {
		const cells = (row: object) =>
			Object.fromEntries(
				Object.entries(row).map(([key, value]) => [key, value === '' ? null : value]),
			);
		return [...this.linkRows, ...this.reviewRows].map((row, id) => ({
			id,
			createdAt: '2026-01-01',
			...cells(row),
		}));
	}
}

function newest<Row>(
	rows: readonly Row[],
	keyOf: (row: Row) => string,
	rankOf: (row: Row) => number,
): Map<string, Row> {
	const found = new Map<string, Row>();
	for (const row of rows) {
		const known = found.get(keyOf(row));
		if (!known || rankOf(row) >= rankOf(known)) found.set(keyOf(row), row);
	}
	return found;
}

interface Stored {
	rows: LinkRow[];
	audit: AuditRow[];
	review?: ReviewRow[];
}

export interface Planned {
	rows: LinkRow[];
	audit: AuditRow[];
	portions: Portion[];
	/** The contacts of all portions. */
	applyInGhl: IDataObject[];
	/** The leads of all portions. */
	applyInHeyReach: IDataObject[];
	review: ReviewRow[];
	summary: Summary & { skipped: IDataObject[]; preview?: IDataObject };
	error?: Error;
	hints: string[];
}

/** The items of an output of which the test knows the type. */
const jsonOf = <Row>(output: INodeExecutionData[] | null | undefined): Row[] =>
	(output ?? []).map(({ json }) => json as object as Row);

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
	const portions = jsonOf<Portion>(outputs[2]);
	const writes = portions.flatMap(({ items }) => items);
	const of = (wanted: string) =>
		writes.filter(({ side }) => side === wanted) as object[] as IDataObject[];
	return {
		rows: jsonOf(outputs[0]),
		audit: jsonOf(outputs[1]),
		portions,
		applyInGhl: of('A'),
		applyInHeyReach: of('B'),
		review: jsonOf(outputs[3]),
		summary: jsonOf<Planned['summary']>(outputs[4])[0],
		error,
		hints: hints.map(({ message }) => message),
	};
}

/** Runs Apply in n8n's own engine. */
export async function runApply(
	sandbox: Pick<Sandbox, 'ghlUrl' | 'heyReachUrl'>,
	portions: Array<Portion | IDataObject>,
	parameters: INodeParameters = {},
	credentials = bothCredentials(sandbox),
) {
	const { outputs, error, hints } = await runNode({
		node: new ContactSync(),
		items: portions as object[] as IDataObject[],
		parameters: { operation: 'apply', authentication: 'privateIntegration', ...parameters },
		credentials,
	});
	return {
		rows: jsonOf<LinkRow>(outputs[0]),
		audit: jsonOf<AuditRow>(outputs[1]),
		notApplied: jsonOf<IDataObject>(outputs[2]),
		summary: jsonOf<IDataObject>(outputs[3])[0],
		error,
		hints: hints.map(({ message }) => message),
	};
}

/** The rows that a workflow has stored when everything planned was carried out as planned. */
export function rowsAfter({ rows, portions, summary }: Planned): IDataObject[] {
	const items = portions.flatMap((portion) => portion.items);
	const done = items.map((item) => ({ ...item, result: { id: item.id } }));
	const { runId, runRow } = summary;
	const { links } = commit({ runId, now: Date.now(), items: done, runRow });
	return [...rows, ...links] as object[] as IDataObject[];
}

/** Credentials of both services, for a Plan that reads both accounts. */
export const bothCredentials = (
	sandbox: Pick<Sandbox, 'ghlUrl' | 'heyReachUrl'>,
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
	tables.store(planned);
	if (stop === 'stored') return planned;
	const part = (items: Portion['items']) =>
		stop === 'half written' ? items.slice(0, Math.ceil(items.length / 2)) : items;
	const portions = planned.portions.map((portion) => ({
		...portion,
		lists,
		items: part(portion.items),
	}));
	const applied = await runApply(sandbox, portions, { listId: byId(String(syncList)) });
	if (applied.error) throw applied.error;
	if (!stop) tables.store(applied);
	return planned;
}
