import { fieldTag, nameFor } from '../values/fingerprint';
import { tagForm } from '../values/normalise';
import type {
	Both,
	Direction,
	FieldRule,
	NewRecordDefaults,
	Normaliser,
	Policy,
	Rule,
	Side,
} from '../contract/input';

export const other = (side: Side): Side => (side === 'A' ? 'B' : 'A');
export const SIDES: readonly Side[] = ['A', 'B'];

/** A row of the field table, ready to be run. */
export interface Field {
	readonly field: string;
	/** The field's name on each side. */
	readonly A: string;
	readonly B: string;
	/** Whether changes may travel to the side. */
	readonly to: Both<boolean>;
	readonly rule: Rule;
	readonly tiebreak: Side | 'manual';
	readonly clears: boolean;
	readonly how: Normaliser;
	readonly onCreate: boolean;
	readonly occasional: boolean;
	readonly tag: number;
}

export interface Tags {
	readonly to: Both<boolean>;
	readonly clears: boolean;
	/** Whether the tag (its form, `tagForm`) is one that may be touched. */
	readonly isManaged: (form: string) => boolean;
}

/** A row of the field table that cannot be used, with the reason. */
interface BadField {
	field: string;
	why: string;
}

/** The checked policy, in the order in which the engine uses it. */
export interface Compiled {
	readonly policy: Policy;
	/** By their tags, ascending: the order of the stored base. */
	readonly fields: readonly Field[];
	/** Rows that no change travels by, but that a new record is given. */
	readonly createOnly: readonly Field[];
	readonly badFields: readonly BadField[];
	readonly tags: Tags | undefined;
	readonly names: Both<string>;
	/** Stands for everything in the policy that decides what is written. */
	readonly hash: string;
}

const DIRECTIONS: Record<Direction, Both<boolean>> = {
	both: { A: true, B: true },
	AtoB: { A: false, B: true },
	BtoA: { A: true, B: false },
	off: { A: false, B: false },
};
const RULES: readonly Rule[] = ['A', 'B', 'latest', 'field', 'fillBlank', 'manual'];
const NORMALISERS: readonly Normaliser[] = [
	'exact',
	'text',
	'caseless',
	'date',
	'email',
	'phone',
	'linkedIn',
];

export function compile(policy: Policy): Compiled {
	const names = policy.names ?? { A: 'GHL', B: 'HeyReach' };
	const badFields: BadField[] = [];
	const fields: Field[] = [];
	const createOnly: Field[] = [];
	for (const rule of policy.fields) {
		const why = whyBad(rule) ?? whyDisputed(rule, policy.fields, names);
		if (why) badFields.push({ field: rule.field, why });
		else if (rule.direction !== 'off') fields.push(toField(rule));
		else if (rule.onCreate) createOnly.push(toField(rule));
	}
	return {
		policy,
		fields: fields.sort((a, b) => a.tag - b.tag),
		createOnly: createOnly.sort((a, b) => order(a.field, b.field)),
		badFields,
		tags: policy.tags && policy.tags.direction !== 'off' ? compileTags(policy.tags) : undefined,
		names,
		hash: policyHash(policy),
	};
}

/** Compares texts by their code units: the same on every machine. */
export function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function toField(rule: FieldRule): Field {
	return {
		field: rule.field,
		A: rule.A,
		B: rule.B,
		to: DIRECTIONS[rule.direction],
		rule: rule.rule,
		tiebreak: rule.tiebreak ?? 'manual',
		clears: rule.clear === 'propagate',
		how: rule.normalise ?? 'text',
		onCreate: rule.onCreate ?? false,
		occasional: rule.occasional ?? false,
		tag: fieldTag(rule.field),
	};
}

function whyBad(rule: FieldRule): string | undefined {
	if (!rule.field || !rule.A || !rule.B) return 'it does not name a field on both sides';
	if (!(rule.direction in DIRECTIONS)) return `its direction “${rule.direction}” is unknown`;
	if (!RULES.includes(rule.rule)) return `its rule “${rule.rule}” is unknown`;
	if (rule.normalise && !NORMALISERS.includes(rule.normalise))
		return `its normaliser “${rule.normalise}” is unknown`;
	return undefined;
}

/** Two rows that name the same field. Neither is used, because either could be meant. */
function whyDisputed(
	rule: FieldRule,
	rows: readonly FieldRule[],
	names: Both<string>,
): string | undefined {
	if (rule.direction === 'off') return undefined;
	for (const row of rows) {
		if (row === rule || row.direction === 'off' || whyBad(row)) continue;
		if (row.field === rule.field) return 'another row has the same name';
		if (fieldTag(row.field) === fieldTag(rule.field))
			return `its name cannot be told from “${row.field}” in the stored rows`;
		for (const side of SIDES) {
			const bothWrite = DIRECTIONS[rule.direction][side] && DIRECTIONS[row.direction][side];
			if (bothWrite && row[side] === rule[side])
				return `the row “${row.field}” writes the ${names[side]} field “${rule[side]}” too`;
		}
	}
	return undefined;
}

function compileTags(rule: NonNullable<Policy['tags']>): Tags {
	const prefixes = (rule.prefixes ?? []).map(tagForm).filter((prefix) => prefix !== '');
	const allowed = new Set((rule.allow ?? []).map(tagForm));
	return {
		to: DIRECTIONS[rule.direction],
		clears: rule.clear !== 'keep',
		isManaged: (form) =>
			form !== '' && (allowed.has(form) || prefixes.some((prefix) => form.startsWith(prefix))),
	};
}

/** The hash of the policy. Limits, costs and names are left out, because they change no value. */
function policyHash({ fields, tags, initial, create, requiredToCreate, ...rest }: Policy): string {
	const rows = [...fields]
		.sort((a, b) => order(a.field, b.field))
		.map((row) => [
			...[row.field, row.A, row.B, row.direction, row.rule],
			...[row.tiebreak ?? 'manual', row.clear ?? 'keep', row.normalise ?? 'text'],
			row.onCreate ?? false,
		]);
	const sorted = (list: readonly string[] | undefined) => [...(list ?? [])].sort();
	return nameFor(
		JSON.stringify([
			rows,
			tags && [
				tags.direction,
				sorted(tags.prefixes),
				sorted(tags.allow),
				tags.clear ?? 'propagate',
			],
			initial,
			[create.A, create.B],
			[sorted(requiredToCreate?.A), sorted(requiredToCreate?.B)],
			[rest.goneTag?.A ?? '', rest.goneTag?.B ?? ''],
			rest.matchByPhone ?? false,
			...(rest.created || rest.decidedBy
				? [SIDES.map((side) => defaultsText(rest.created?.[side])), rest.decidedBy ?? '']
				: []),
		]),
	);
}

const defaultsText = (defaults: NewRecordDefaults | undefined): string =>
	JSON.stringify([
		Object.entries(defaults?.fields ?? {}).sort(([a], [b]) => order(a, b)),
		[...(defaults?.tags ?? [])].sort(),
	]);
