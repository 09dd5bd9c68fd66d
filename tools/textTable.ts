import { getBorderCharacters, table } from 'table';

/**
 * Rows as columns of text, two spaces apart, without lines and without spaces at the ends.
 *
 * @param right the columns (from 0) that stand to the right, as numbers do
 */
export function textTable(rows: string[][], right: number[] = []): string {
	return table(rows, {
		border: getBorderCharacters('void'),
		columnDefault: { paddingLeft: 0, paddingRight: 2 },
		columns: Object.fromEntries(right.map((column) => [column, { alignment: 'right' as const }])),
		drawHorizontalLine: () => false,
	})
		.replace(/ +$/gm, '')
		.trimEnd();
}
