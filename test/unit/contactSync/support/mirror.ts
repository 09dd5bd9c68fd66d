import type {
	Both,
	LinkRow,
	PlanInput,
	PlanItem,
	PlanOutput,
	Policy,
	Side,
} from '../../../../nodes/ContactSync/reconcile';

const SWAP = { A: 'B', B: 'A' } as const;
const swap = <T>({ A, B }: Both<T>): Both<T> => ({ A: B, B: A });
const swapped = <T extends string>(name: T): T =>
	((SWAP as Record<string, string>)[name] ?? name) as T;
const DIRECTIONS: Record<string, Policy['fields'][number]['direction']> = {
	AtoB: 'BtoA',
	BtoA: 'AtoB',
	both: 'both',
	off: 'off',
};

/** The input with the sides swapped. */
export function mirroredInput(input: PlanInput): PlanInput {
	const { policy } = input;
	return {
		...input,
		sides: swap(input.sides),
		links: input.links.map(mirroredLink),
		policy: {
			...policy,
			fields: policy.fields.map((row) => ({
				...row,
				A: row.B,
				B: row.A,
				direction: DIRECTIONS[row.direction],
				rule: swapped(row.rule),
				tiebreak: row.tiebreak && swapped(row.tiebreak),
			})),
			tags: policy.tags && { ...policy.tags, direction: DIRECTIONS[policy.tags.direction] },
			initial: swapped(policy.initial),
			create: swap(policy.create),
			goneTag: { A: policy.goneTag?.B, B: policy.goneTag?.A },
			names: { A: 'HeyReach', B: 'GHL' },
		},
	};
}

function mirroredLink(link: LinkRow): LinkRow {
	return {
		...link,
		aId: link.bId,
		bId: link.aId,
		base: mirroredBase(link.base, link.state),
		writes: link.writes.replace(/[AB]/g, (side) => SWAP[side as Side]),
		aliases: link.aliases
			.split(' ')
			.map((alias) => alias.replace(/^[AB](?=:)/, (side) => SWAP[side as Side]))
			.sort()
			.join(' '),
	};
}

/** A stored base, read and written with the sides swapped (base.ts says how it is written). */
function mirroredBase(base: string, state: string): string {
	if (base === '' || state === 'run') return base;
	const [entries, tags] = base.split('#');
	const mirroredTags = tags?.split(';');
	// The version and the digest are the same from both sides.
	let text = entries.slice(0, 11);
	for (let at = 11; at < entries.length; ) {
		const tag = entries.slice(at, at + 4);
		const kind = entries[at + 4];
		at += 5;
		if (kind === '=') {
			text += `${tag}=${entries.slice(at, at + 10)}`;
			at += 10;
		} else {
			const code = kind.charCodeAt(0) - 97;
			const [a, b] = [Math.floor(code / 3), code % 3];
			const left = a === 2 ? entries.slice(at, at + 10) : '';
			at += left.length;
			const right = b === 2 ? entries.slice(at, at + 10) : '';
			at += right.length;
			text += tag + String.fromCharCode(97 + 3 * b + a) + right + left;
		}
		if (entries[at] !== '~') continue;
		text += `~${entries.slice(at + 20, at + 39)}${entries.slice(at + 1, at + 20)}`;
		at += 39;
	}
	if (!mirroredTags) return text;
	const [both, a, b] = mirroredTags;
	return `${text}#${a === undefined ? both : `${both};${b};${a}`}`;
}

/** What a plan does, without names that depend on the order of the sides. `turn`: swaps it back. */
export function mirrored(plan: PlanOutput, turn = true): unknown {
	const side = (name: Side): Side => (turn ? SWAP[name] : name);
	const item = ({ side: where, action, id, sourceId, set, expect, ...one }: PlanItem) => ({
		...{ side: side(where), action, id, sourceId, set, expect },
		...{ addTags: one.addTags, removeTags: one.removeTags, lookUpFirst: one.lookUpFirst },
		kinds: one.changes.map(({ field, kind, after }) => ({ field, kind, after })),
	});
	const byText = (list: unknown[]) => list.map((one) => JSON.stringify(one)).sort();
	const sides = (both: Both<unknown>) => (turn ? { A: both.B, B: both.A } : both);
	const link = ({ state, aId, bId, base, aliases, writes }: LinkRow) => {
		const row = { state, aId, bId, base, aliases, writes, pairId: '' };
		const unused = { location: '', workspace: '', generation: 0 };
		const whole = { ...row, ...unused, rev: 0, keys: '', opKey: '', fullRuns: 0, changedAt: '' };
		return turn ? mirroredLink(whole) : whole;
	};
	return {
		items: byText([...plan.applyA, ...plan.applyB].map(item)),
		links: byText(plan.links.filter(({ state }) => state !== 'run').map(link)),
		review: byText(
			plan.review.map(({ kind, status, field, aId, bId, valueA, valueB }) => ({
				...{ kind, status, field },
				ids: sides({ A: aId, B: bId }),
				values: sides({ A: valueA, B: valueB }),
			})),
		),
		audit: byText(
			plan.audit.map(({ kind, field, applied, aId, bId, before, after }) => ({
				...{ kind, field, applied, before, after },
				ids: sides({ A: aId, B: bId }),
			})),
		),
		skipped: byText(
			plan.skipped.map(({ id, reason, side: where }) => ({ id, reason, side: side(where) })),
		),
		counts: sides({ A: plan.summary.sides.A.records, B: plan.summary.sides.B.records }),
	};
}
