import { textTable } from '../../tools/textTable';

/** One line of a benchmark's result: ours beside a peer or a floor of the same run. */
export interface Measured {
	/** `api/update-1000`. */
	name: string;
	unit: string;
	ours: number;
	/** The peer's or the floor's number; `null` where there is none. */
	reference: number | null;
	referenceName: string;
	/** ours / reference; `null` where there is no reference. */
	ratio: number | null;
}

export function measured(
	name: string,
	unit: string,
	ours: number,
	reference: number | null = null,
	referenceName = '',
): Measured {
	const ratio = reference === null || reference === 0 ? null : ours / reference;
	return { name, unit, ours, reference, referenceName, ratio };
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

/** Runs `work` several times, one after the other, and takes the median of what it returns. */
export async function medianOf(times: number, work: () => Promise<number>): Promise<number> {
	const values: number[] = [];
	for (let i = 0; i < times; i++) values.push(await work());
	return median(values);
}

export function table(rows: Measured[]): string {
	return textTable([
		['name', 'ours', 'unit', 'reference', 'ratio'],
		...rows.map(({ name, ours, unit, reference, referenceName, ratio }) => [
			name,
			shown(ours),
			unit,
			reference === null ? '' : `${shown(reference)} (${referenceName})`,
			ratio === null ? '' : ratio.toFixed(3),
		]),
	]);
}

function shown(value: number): string {
	return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
