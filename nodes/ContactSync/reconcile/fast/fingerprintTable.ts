import type { Print } from '../values/fingerprint';

/** Numbers in a cell: the two halves of a print, and the value plus 1 (0: an empty cell). */
const CELL = 3;

/**
 * Numbers by the print of a text. A Map of texts keeps each text and looks into it at each step, which
 * for 100,000 of them means mostly waiting for memory; here a look-up is one place in one array.
 *
 * It does not know the texts: who must be sure compares them.
 */
export class PrintTable {
	private cells: Int32Array;
	private mask: number;
	private used = 0;

	/** Room for this many to begin with. */
	constructor(expected: number) {
		const size = 2 ** Math.ceil(Math.log2(2 * expected + 8));
		this.mask = size - 1;
		this.cells = new Int32Array(CELL * size);
	}

	/** The number that was set for this print; -1 if there is none. */
	get(key: Print): number {
		return this.cells[this.cellOf(key.x, key.y) + 2] - 1;
	}

	/** Sets the number if there is none yet. Returns the number that is there now. */
	getOrSet(key: Print, value: number): number {
		const cell = this.cellOf(key.x, key.y);
		const { cells } = this;
		if (cells[cell + 2] !== 0) return cells[cell + 2] - 1;
		cells[cell] = key.x;
		cells[cell + 1] = key.y;
		cells[cell + 2] = value + 1;
		if (++this.used * 2 > this.mask) this.grow();
		return value;
	}

	private cellOf(x: number, y: number): number {
		const { cells, mask } = this;
		let at = x & mask;
		let cell = CELL * at;
		while (cells[cell + 2] !== 0 && (cells[cell] !== x || cells[cell + 1] !== y)) {
			at = (at + 1) & mask;
			cell = CELL * at;
		}
		return cell;
	}

	private grow(): void {
		const old = this.cells;
		this.mask = 2 * this.mask + 1;
		this.cells = new Int32Array(CELL * (this.mask + 1));
		for (let from = 0; from < old.length; from += CELL) {
			if (old[from + 2] === 0) continue;
			const cell = this.cellOf(old[from], old[from + 1]);
			for (let i = 0; i < CELL; i++) this.cells[cell + i] = old[from + i];
		}
	}
}
