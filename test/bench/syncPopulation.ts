import { plan } from '../../nodes/ContactSync/reconcile';
import type {
	FieldRule,
	LinkRow,
	PlanInput,
	Policy,
	SyncRecord,
	Value,
} from '../../nodes/ContactSync/reconcile';

/** Twelve fields, as a CRM and an outreach tool share them. */
const NAMES = [
	'firstName',
	'lastName',
	'email',
	'companyName',
	'jobTitle',
	'location',
	'linkedInUrl',
	'phone',
	'website',
	'industry',
	'source',
	'about',
] as const;

export const FIELDS: readonly FieldRule[] = NAMES.map((name) => ({
	...{ field: name, A: name, B: name },
	direction: 'both',
	rule: 'A',
	normalise:
		name === 'email'
			? 'email'
			: name === 'linkedInUrl'
				? 'linkedIn'
				: name === 'phone'
					? 'phone'
					: 'text',
}));

export const POLICY: Policy = {
	fields: FIELDS,
	initial: 'fillBlank',
	create: { A: false, B: false },
	brakes: {
		creates: { count: 1e9, share: 1 },
		updates: { count: 1e9, share: 1 },
		gone: { count: 1e9, share: 1 },
		newPolicy: false,
	},
};

/** The same letters as a text of its own: two services never share a string. */
const own = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

function fieldsOf(at: number): Record<string, Value> {
	const first = FIRST[at % FIRST.length];
	const last = `${LAST[(at * 7) % LAST.length]}${at % 97}`;
	const slug = `${first}-${last}-${at.toString(36)}`.toLowerCase();
	return {
		firstName: own(first),
		lastName: own(last),
		email: own(`${slug}@company${at % 9973}.example`),
		companyName: own(`${LAST[(at * 13) % LAST.length]} ${at % 9973} Ltd`),
		jobTitle: own(TITLES[at % TITLES.length]),
		location: own(`${LAST[at % LAST.length]} Area, Country ${at % 50}`),
		linkedInUrl: own(`https://www.linkedin.com/in/${slug}/`),
		phone: own(`+1415${String(1_000_000 + at).padStart(7, '0')}`),
		website: own(`https://company${at % 9973}.example`),
		industry: own(TITLES[(at * 3) % TITLES.length]),
		source: own('Conference 2026'),
		about: own(`Leads ${TITLES[at % TITLES.length]} work at company ${at % 9973}, number ${at}`),
	};
}

const FIRST = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hana', 'Ivo', 'Jane', 'Kai'];
const LAST = ['Lee', 'Marzec', 'Novak', 'Okafor', 'Petit', 'Quist', 'Rossi', 'Silva', 'Tanaka'];
const TITLES = ['Chief Technology Officer', 'VP of Sales', 'Head of Marketing', 'Engineer'];

function record(side: 'A' | 'B', at: number): SyncRecord {
	const fields = fieldsOf(at);
	const id =
		side === 'A' ? own(`ghl${(at * 2_654_435_761).toString(36)}`) : own(String(70_000_000 + at));
	return {
		id,
		keys: {
			...(side === 'B' && { memberId: id }),
			linkedIn: String(fields.linkedInUrl),
			emails: [String(fields.email)],
		},
		fields,
	};
}

export interface Population {
	A: SyncRecord[];
	B: SyncRecord[];
	links: LinkRow[];
}

/** Two sides of `size` records that agree, never linked. */
export function population(size: number): Population {
	const A = Array.from({ length: size }, (_, at) => record('A', at));
	const B = Array.from({ length: size }, (_, at) => record('B', at));
	return { A, B, links: [] };
}

/** The same, linked, and then 2 % changed on side A and 1 % on side B. */
export function mapped(size: number): Population {
	const { A, B } = population(size);
	const { links } = plan(input({ A, B, links: [] }));
	// As a database gives it: each row and text of its own.
	const stored = links.map((row) => ({
		...row,
		base: own(row.base),
		aId: own(row.aId),
		bId: own(row.bId),
	}));
	const changed = (list: SyncRecord[], every: number, field: string) =>
		list.map((one, at) =>
			at % every === 0 ? { ...one, fields: { ...one.fields, [field]: own(`changed ${at}`) } } : one,
		);
	return { A: changed(A, 50, 'jobTitle'), B: changed(B, 100, 'location'), links: stored };
}

export function input({ A, B, links }: Population): PlanInput {
	return {
		runId: 'bench',
		now: Date.UTC(2026, 0, 1),
		mode: 'full',
		dryRun: false,
		sides: { A: { records: A, complete: true }, B: { records: B, complete: true } },
		links,
		policy: POLICY,
	};
}
