/** What n8n's editor draws of a workflow, in the units of its canvas: measured, not exact to the pixel. */

export interface CanvasNode {
	name: string;
	type: string;
	position: [number, number];
	parameters: Record<string, unknown>;
	onError?: string;
	/** Shown below the name instead of the line that says what the node does. */
	notes?: string;
}

export type Connections = Record<
	string,
	{ main?: Array<Array<{ node: string; index: number }> | null> }
>;

export interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface Line {
	from: string;
	to: string;
	/** Points on the line, at most some 10 units apart. */
	points: Point[];
}

type Point = readonly [x: number, y: number];

export const isNote = ({ type }: Pick<CanvasNode, 'type'>) => type.endsWith('.stickyNote');

export const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
export const inside = (a: Box, b: Box) =>
	a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

const SIDE = 96;
/** A node that takes sub-nodes is wider, and its name stands inside it. */
const WIDE = 224;
const isWide = ({ type }: CanvasNode) => /langchain\.(agent|chain)/i.test(type);

/** n8n draws on a grid of 16 units: a place between its lines moves away from the middle. */
const onGrid = (place: number) => Math.sign(place) * Math.ceil(Math.abs(place) / 16) * 16;

/** The node without its name. */
export function shapeOf(node: CanvasNode, connections: Connections): Box {
	const { name, position, parameters } = node;
	const [left, top] = position.map(onGrid);
	const [width, height] = isNote(node)
		? [Number(parameters.width), Number(parameters.height)]
		: [isWide(node) ? WIDE : SIDE, SIDE + Math.max(0, outputsOf(node, connections) - 2) * 32];
	return { name, left, top, right: left + width, bottom: top + height };
}

/** The name below a node: of at most two lines, in the middle; most nodes have a line below that says what they do. */
export function nameOf(node: CanvasNode, connections: Connections): Box | undefined {
	if (isNote(node) || isWide(node)) return undefined;
	const { left, bottom } = shapeOf(node, connections);
	const most = SIDE * 2;
	const width = node.name.length * 7;
	const half = Math.min(Math.max(width, (node.notes ?? '').length * 6), most) / 2;
	const lines = width > most ? 2 : 1;
	const middle = left + SIDE / 2;
	const end = bottom + 34 + lines * 18;
	return {
		name: node.name,
		left: middle - half,
		right: middle + half,
		top: bottom + 8,
		bottom: end,
	};
}

/** The lines of text of a note, each as wide as it is. */
export function textOf(note: CanvasNode): Box[] {
	const [left, top] = note.position.map(onGrid);
	const room = Number(note.parameters.width) - 32;
	let at = top + 12;
	return String(note.parameters.content)
		.split('\n')
		.flatMap((line) => {
			if (line === '') {
				at += 8;
				return [];
			}
			const isTitle = line.startsWith('#');
			const text = line.replace(/^#+ |[*_]/g, '');
			const [wide, high] = isTitle ? [9, 28] : [7, 20];
			const width = text.length * wide;
			const rows = Math.max(1, Math.ceil(width / room));
			const box = { name: note.name, left: left + 16, top: at, right: 0, bottom: at + rows * high };
			at = box.bottom;
			return [{ ...box, right: box.left + Math.min(width, room) }];
		});
}

/** How many outputs a node has. */
function outputsOf({ name, type, parameters, onError }: CanvasNode, connections: Connections) {
	const { rules, options } = parameters as {
		rules?: { values?: unknown[] };
		options?: { fallbackOutput?: string };
	};
	const extra = options?.fallbackOutput === 'extra' ? 1 : 0;
	const own = type.endsWith('.switch') ? (rules?.values?.length ?? 1) + extra : 1;
	const all = type.endsWith('.if') || type.endsWith('.splitInBatches') ? 2 : own;
	const withError = all + (onError === 'continueErrorOutput' ? 1 : 0);
	return Math.max(withError, connections[name]?.main?.length ?? 0);
}

/** The lines between nodes. Those to sub-nodes are left out. */
export function linesOf(nodes: CanvasNode[], connections: Connections): Line[] {
	const byName = new Map(nodes.map((node) => [node.name, node]));
	return Object.entries(connections).flatMap(([from, { main = [] }]) =>
		main.flatMap((ends, output) =>
			(ends ?? []).flatMap(({ node: to, index }) => {
				const [source, target] = [byName.get(from), byName.get(to)];
				if (!source || !target) return [];
				const [a, b] = [shapeOf(source, connections), shapeOf(target, connections)];
				const outputs = outputsOf(source, connections);
				const inputs = Math.max(index + 1, inputsOf(to, connections));
				const start = [
					a.right,
					a.top + ((a.bottom - a.top) * (output + 1)) / (outputs + 1),
				] as const;
				const end = [b.left, b.top + ((b.bottom - b.top) * (index + 1)) / (inputs + 1)] as const;
				return [{ from, to, points: pathOf(start, end) }];
			}),
		),
	);
}

const inputsOf = (name: string, connections: Connections) =>
	Math.max(
		...Object.values(connections).flatMap(({ main = [] }) =>
			main.flatMap((ends) =>
				(ends ?? []).flatMap((end) => (end.node === name ? end.index + 1 : [])),
			),
		),
	);

/** A curve to a node on the right; to one on the left n8n goes back below the source, in right angles. */
function pathOf(start: Point, end: Point): Point[] {
	const [sx, sy] = start;
	const [tx, ty] = end;
	if (sx - 20 <= tx) return curve(start, end);
	const [middle, below] = [(sx + tx) / 2, sy + 130];
	return straight([
		start,
		[sx + 40, sy],
		[sx + 40, below],
		[middle, below],
		[tx - 40, below],
		[tx - 40, ty],
		end,
	]);
}

function curve([sx, sy]: Point, [tx, ty]: Point): Point[] {
	const distance = tx - sx;
	const bend = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
	const length = Math.abs(distance) + Math.abs(ty - sy);
	const steps = Math.ceil(length / 8) + 1;
	return Array.from({ length: steps + 1 }, (_, step) => {
		const t = step / steps;
		const u = 1 - t;
		const at = (p0: number, p1: number, p2: number, p3: number) =>
			u ** 3 * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t ** 3 * p3;
		return [at(sx, sx + bend, tx - bend, tx), at(sy, sy, ty, ty)] as const;
	});
}

function straight(corners: Point[]): Point[] {
	return corners.slice(1).flatMap(([x, y], at) => {
		const [fromX, fromY] = corners[at];
		const steps = Math.ceil((Math.abs(x - fromX) + Math.abs(y - fromY)) / 8) || 1;
		return Array.from({ length: steps + 1 }, (_, step) => {
			const t = step / steps;
			return [fromX + (x - fromX) * t, fromY + (y - fromY) * t] as const;
		});
	});
}

export const crosses = ({ points }: Line, { left, top, right, bottom }: Box) =>
	points.some(([x, y]) => x > left + 2 && x < right - 2 && y > top + 2 && y < bottom - 2);
