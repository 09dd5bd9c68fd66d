import type { N8nClient } from './client';

export type Row = Record<string, string | number | boolean | null>;

interface Column {
	name: string;
	type: string;
}

interface Table {
	id: string;
	name: string;
	columns: Column[];
}

interface Filter {
	columnName: string;
	condition: 'eq' | 'gt' | 'lt';
	value: Row[string];
}

/** The Data Tables of an n8n's owner, over the calls that n8n's own page makes. */
export class DataTables {
	constructor(private readonly client: N8nClient) {}

	async all(): Promise<Table[]> {
		// n8n gives 10 where nobody says how many.
		const path = `${await this.path()}?take=250`;
		const { data } = await this.client.request<{ data: Table[] }>('GET', path);
		return data;
	}

	/** Makes a table. Throws where one has that name. */
	async create(name: string, columns: Column[]): Promise<void> {
		await this.client.request('POST', await this.path(), { name, columns });
	}

	/** The page on which people see and change the rows of a table. */
	async pageOf(name: string): Promise<string> {
		return `${this.client.url}/projects/${await this.project()}/datatables/${(await this.tableOf(name)).id}`;
	}

	/** The rows of a table, oldest first. */
	async rows(name: string): Promise<Row[]> {
		const { data } = await this.client.request<{ data: Row[] }>(
			'GET',
			`${await this.pathOf(name)}/rows?take=250&sortBy=id:asc`,
		);
		return data;
	}

	/** Adds rows, as a person does on the page of the table. */
	async add(name: string, rows: Row[]): Promise<void> {
		await this.client.request('POST', `${await this.pathOf(name)}/insert`, {
			data: rows,
			returnType: 'count',
		});
	}

	/** Changes the rows that have these values, as a person does on the page of the table. */
	async change(name: string, where: Row, data: Row): Promise<void> {
		const filters = Object.entries(where).map(([columnName, value]) => ({
			...{ columnName, condition: 'eq' as const, value },
		}));
		await this.changeAll(name, filters, data);
	}

	/** Changes the rows that all filters let pass. */
	async changeAll(name: string, filters: Filter[], data: Row): Promise<void> {
		await this.client.request('PATCH', `${await this.pathOf(name)}/rows`, {
			filter: { type: 'and', filters },
			data,
		});
	}

	/** Deletes all rows, so that the next test begins with an empty table. */
	async empty(name: string): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };
		const query = encodeURIComponent(JSON.stringify(filter));
		await this.client.request('DELETE', `${await this.pathOf(name)}/rows?filter=${query}`);
	}

	private async tableOf(name: string): Promise<Table> {
		const table = (await this.all()).find((one) => one.name === name);
		if (!table) throw new Error(`There is no Data Table "${name}".`);
		return table;
	}

	private async pathOf(name: string): Promise<string> {
		return `${await this.path()}/${(await this.tableOf(name)).id}`;
	}

	private async path(): Promise<string> {
		return `/rest/projects/${await this.project()}/data-tables`;
	}

	private async project(): Promise<string> {
		return (await this.client.request<{ id: string }>('GET', '/rest/projects/personal')).id;
	}
}
