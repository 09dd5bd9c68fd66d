import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../sqlite';

/** A secret that stands where people can read it. */
export interface Leak {
	/** Column and row of n8n's database, or file and line. */
	where: string;
	/** The text around it, masked. */
	text: string;
}

/** Where a secret may stand: by the secret, the columns (`table.column`) that keep it by design. */
export type Secrets = ReadonlyMap<string, readonly string[]>;

/** Leaks of one column or file that are told; more of them say nothing new. */
const TOLD = 3;

/** Reads everything that an n8n which has ended has left in its folder: its database, logs and files. */
export async function findLeaks(userFolder: string, secrets: Secrets): Promise<Leak[]> {
	const folder = join(userFolder, '.n8n');
	const database = join(folder, 'database.sqlite');
	const files = [join(userFolder, 'n8n.log'), ...(await filesBelow(folder))];
	const found = await Promise.all(
		files
			.filter((file) => existsSync(file) && !file.startsWith(database))
			.map(async (file) =>
				linesOf(relative(userFolder, file), await readFile(file, 'utf8'), secrets),
			),
	);
	return [...(existsSync(database) ? rowsOf(database, secrets) : []), ...found.flat()];
}

/** Reads a dump of a Postgres, in the form of pg_dump, of which each table has a COPY and a line a row. */
export function findLeaksInDump(dump: string, secrets: Secrets): Leak[] {
	const leaks = new Map<string, Leak[]>();
	let table = '';
	let columns: string[] = [];
	for (const [at, line] of dump.split('\n').entries()) {
		const begun = /^COPY public\."?(\w+)"? \((.*)\) FROM stdin;$/.exec(line);
		if (begun) {
			table = begun[1];
			columns = begun[2].split(', ').map((name) => name.replaceAll('"', ''));
			continue;
		}
		for (const [index, text] of line.split('\t').entries()) {
			const column = `${table}.${columns[index]}`;
			const here = leaksIn(text, `Postgres, ${column}, line ${at + 1}`, column, secrets);
			if (here.length > 0) leaks.set(column, [...(leaks.get(column) ?? []), ...here]);
		}
	}
	return [...leaks.values()].flatMap((some) => some.slice(0, TOLD));
}

/** Reads what a Redis has stored. */
export function findLeaksInRedis(stored: string, secrets: Secrets): Leak[] {
	return leaksIn(stored, 'Redis', '', secrets);
}

/** All but the packs that are installed there. */
async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
	const below = entries.map(async (entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : await filesBelow(path);
		return [path];
	});
	return (await Promise.all(below)).flat();
}

function linesOf(file: string, text: string, secrets: Secrets): Leak[] {
	if (![...secrets.keys()].some((secret) => text.includes(secret))) return [];
	const leaks = text
		.split('\n')
		.flatMap((line, at) => leaksIn(line, `${file}:${at + 1}`, '', secrets));
	return leaks.slice(0, TOLD);
}

function rowsOf(file: string, secrets: Secrets): Leak[] {
	const database = openDatabase(file, { readOnly: true });
	try {
		const tables = database
			.prepare(
				"SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
			)
			.all();
		return tables.flatMap(({ name }) => rowsOfTable(database, String(name), secrets));
	} finally {
		database.close();
	}
}

function rowsOfTable(database: DatabaseSync, table: string, secrets: Secrets): Leak[] {
	const leaks = new Map<string, Leak[]>();
	let row = 0;
	for (const values of database.prepare(`SELECT * FROM "${table}"`).iterate()) {
		row++;
		for (const [name, value] of Object.entries(values)) {
			if (typeof value === 'number' || typeof value === 'bigint' || value === null) continue;
			const text = typeof value === 'string' ? value : Buffer.from(value).toString('latin1');
			const column = `${table}.${name}`;
			const here = leaksIn(
				text,
				`${column}, row ${String(values.id ?? values.executionId ?? row)}`,
				column,
				secrets,
			);
			if (here.length > 0) leaks.set(column, [...(leaks.get(column) ?? []), ...here]);
		}
	}
	return [...leaks.values()].flatMap((some) => some.slice(0, TOLD));
}

function leaksIn(text: string, where: string, column: string, secrets: Secrets): Leak[] {
	const leaks: Leak[] = [];
	for (const [secret, allowed] of secrets) {
		if (allowed.includes(column)) continue;
		const at = text.indexOf(secret);
		if (at < 0) continue;
		const around = text.slice(Math.max(0, at - 200), at + secret.length + 60);
		leaks.push({ where, text: masked(around, secrets) });
	}
	return leaks;
}

/** No message about a leak leaks it again. */
function masked(text: string, secrets: Secrets): string {
	let safe = text;
	for (const secret of secrets.keys()) safe = safe.replaceAll(secret, `${secret.slice(0, 3)}***`);
	return safe.replace(/\s+/g, ' ');
}
