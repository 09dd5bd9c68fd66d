import type { IDataObject } from 'n8n-workflow';

/** A user in a list: the name, and the email that tells people of one name apart. */
export function userLabel(row: IDataObject): string {
	const name = row.name ?? [row.firstName, row.lastName].filter(Boolean).join(' ');
	return [name, row.email && `(${String(row.email)})`].filter(Boolean).join(' ') || String(row.id);
}
