import type { AccountPair, LinkRow, PlanItem, PlanOutput } from './reconcile';

/** The most writes of a portion. 250 contacts take about a minute at HighLevel's limit. */
const CONTACTS_A_PORTION = 250;
/** A look at the leads costs the pages of whole lists, so it serves as many leads as possible. */
const LEADS_A_PORTION = 5_000;

/** The seconds that a write takes at the limit of its service: HighLevel 10 calls a second, HeyReach 5. */
const SECONDS = { A: { create: 0.1, update: 0.2 }, B: { create: 0.006, update: 0.006, tags: 0.2 } };

/** What the last portion says about the whole plan. */
interface PlanNote {
	previewOnly: boolean;
	text: string;
	/** Questions that wait for a person. */
	questions: number;
	/** People who were linked and unlinked by the plan itself. */
	linked: number;
	unlinked: number;
}

/** One item of the output Plan Items: writes that Apply carries out before the next portion begins. */
export interface Portion {
	/** From 1. */
	portion: number;
	of: number;
	items: PlanItem[];
	/** The HeyReach lists that the plan has read. */
	lists: number[];
	/** The account that was planned for, where Plan has read it by itself. */
	account?: AccountPair;
	/** The writes of all portions, and of those before this one. */
	writes: { total: number; before: number };
	/** How long all later portions take at the limits of the services. */
	secondsLeft: number;
	/** Whether audit rows carry the values. */
	auditValues: boolean;
	/** The pairs (`pairId`) of which a later portion writes the other side. */
	goOn: string[];
	/** The row of the run; in the last portion alone. */
	runRow?: LinkRow;
	/** In the last portion alone. */
	plan?: PlanNote;
}

type About = Pick<Portion, 'lists' | 'account' | 'auditValues'>;

/**
 * Divides a plan into portions: first those with contacts, then those with leads. There is at least one
 * portion, so that a workflow that loops over them comes to its end.
 *
 * A lead stands in the portion of its contact where both have to be committed together: a person has given
 * one value for both, or the contact is new. Contacts that hand a value over stand in one portion, since the
 * one must lose it before the other gets it.
 *
 * @param sizes the most contacts and the most leads of a portion
 */
export function portionsOf(
	{ applyA, applyB, summary }: PlanOutput,
	about: About,
	sizes = { A: CONTACTS_A_PORTION, B: LEADS_A_PORTION },
): Portion[] {
	const together = new Map<string, PlanItem>();
	const leads: PlanItem[] = [];
	const contactPairs = new Set(applyA.map(({ link }) => link.pairId));
	const creates = applyA.filter(({ action }) => action === 'create');
	const created = new Set(creates.map(({ link }) => link.pairId));
	for (const item of applyB) {
		const { pairId } = item.link;
		if (!contactPairs.has(pairId)) leads.push(item);
		else if (mustBeTogether(item) || created.has(pairId)) together.set(pairId, item);
		else leads.push(behind(item));
	}
	const groups = handovers(applyA).map((group) =>
		group.flatMap((item) => [item, together.get(item.link.pairId) ?? []].flat()),
	);
	const parts = [
		...filled(groups, sizes.A),
		...filled(
			leads.map((item) => [item]),
			sizes.B,
		),
	];
	if (parts.length === 0) parts.push([]);
	const later = new Set(leads.map(({ link }) => link.pairId));
	const isLater = ({ side, link }: PlanItem) => side === 'A' && later.has(link.pairId);
	const total = applyA.length + applyB.length;
	let secondsLeft = 0;
	let before = total;
	const portions: Portion[] = [];
	for (const [index, items] of [...parts.entries()].reverse()) {
		before -= items.length;
		portions.unshift({
			portion: index + 1,
			of: parts.length,
			items,
			...about,
			writes: { total, before },
			secondsLeft: Math.round(secondsLeft),
			goOn: items.filter(isLater).map(({ link }) => link.pairId),
		});
		secondsLeft += items.reduce((sum, item) => sum + secondsOf(item), 0);
	}
	const last = portions[portions.length - 1];
	const { previewOnly, text, questions, pairs } = summary;
	const { newlyLinked: linked, unlinked } = pairs;
	last.plan = { previewOnly, text, questions, linked, unlinked };
	if (summary.runRow) last.runRow = summary.runRow;
	return portions;
}

const mustBeTogether = ({ changes }: PlanItem): boolean =>
	changes.some(({ needsBoth }) => needsBoth === true);

/**
 * The write of a lead after that of its contact, which has stored the pair's next revision. Apply begins
 * from that row. Where it has none (another execution), the revision behind it still is the newest, and
 * the next plan sees that both sides agree.
 */
const behind = (item: PlanItem): PlanItem => ({
	...item,
	link: { ...item.link, rev: item.link.rev + 1 },
	stored: item.stored ?? { rev: item.link.rev, base: item.link.base },
});

/** The groups side by side in parts of about `size` items. A group is never divided. */
function filled(groups: readonly PlanItem[][], size: number): PlanItem[][] {
	const parts: PlanItem[][] = [];
	let weight = 0;
	for (const group of groups) {
		const added = group.reduce((sum, item) => sum + weightOf(item), 0);
		const last = parts[parts.length - 1];
		if (last && weight + added <= size) {
			last.push(...group);
			weight += added;
		} else {
			parts.push([...group]);
			weight = added;
		}
	}
	return parts;
}

/** Tags of a lead cost calls of their own, so that a portion with many of them would last for half an hour. */
const weightOf = (item: PlanItem): number => (item.side === 'B' && hasTags(item) ? 20 : 1);

const hasTags = ({ addTags, removeTags }: PlanItem): boolean =>
	addTags.length + removeTags.length > 0;

/** The fields of which HighLevel lets only one contact have a value. */
const UNIQUE = ['email', 'phone'];

const formOf = (name: string, value: unknown): string =>
	typeof value === 'string' && value !== '' ? `${name} ${value.trim().toLowerCase()}` : '';

/** The items in groups: two that hand a value over, directly or through others, are in one (union-find). */
function handovers(items: readonly PlanItem[]): PlanItem[][] {
	const giver = new Map<string, number>();
	for (const [at, { set, expect }] of items.entries())
		for (const name of UNIQUE)
			if (name in set && formOf(name, expect[name])) giver.set(formOf(name, expect[name]), at);
	const parent = items.map((_, at) => at);
	const rootOf = (at: number): number => {
		while (parent[at] !== at) at = parent[at] = parent[parent[at]];
		return at;
	};
	for (const [at, { set }] of items.entries())
		for (const name of UNIQUE) {
			const from = giver.get(formOf(name, set[name]));
			if (from !== undefined) parent[rootOf(at)] = rootOf(from);
		}
	const groups = new Map<number, PlanItem[]>();
	for (const [at, item] of items.entries()) {
		const root = rootOf(at);
		const group = groups.get(root);
		if (group) group.push(item);
		else groups.set(root, [item]);
	}
	return [...groups.values()];
}

function secondsOf(item: PlanItem): number {
	const { side, action } = item;
	if (side === 'A') return SECONDS.A[action];
	return SECONDS.B[action] + (hasTags(item) ? SECONDS.B.tags : 0);
}
