import { listOf } from '../values/identityKeys';
import { normalised } from '../values/normalise';
import type { SideRecords } from './sideRecords';
import type { Both, Side, UniqueKind } from '../contract/input';

/** The words for the kinds in a sentence. */
export const UNIQUE_LABELS: Record<UniqueKind, string> = {
	email: 'e-mail address',
	phone: 'phone number',
};

/**
 * Who has the values of a side of which its service lets only one record have each: whole mailboxes of
 * roles and shared phones too, which tell nobody apart, and additional ones. Read when first asked.
 */
export class UniqueValues {
	private readonly known = new Map<UniqueKind, Map<string, number[]>>();

	/** @param kinds of the fields (names of the side) with such values */
	constructor(
		private readonly population: SideRecords,
		private readonly kinds: Readonly<Record<string, UniqueKind>>,
	) {}

	/** The kind of the field; `undefined` where several records may have the same value. */
	kindOf(name: string): UniqueKind | undefined {
		return this.kinds[name];
	}

	/** The places of the records that have the value (its form), as their own or an additional one. */
	of(kind: UniqueKind, form: string): readonly number[] {
		let index = this.known.get(kind);
		if (!index) this.known.set(kind, (index = this.read(kind)));
		return index.get(form) ?? [];
	}

	private read(kind: UniqueKind): Map<string, number[]> {
		const { records, skipped } = this.population;
		const index = new Map<string, number[]>();
		for (let at = 0; at < records.length; at++) {
			// A former id of a record that has the value itself.
			if (skipped.get(at) === 'alias') continue;
			for (const form of this.formsOf(at, kind)) {
				const holders = index.get(form);
				if (holders) holders.push(at);
				else index.set(form, [at]);
			}
		}
		return index;
	}

	private formsOf(at: number, kind: UniqueKind): Set<string> {
		const { keys = {}, fields } = this.population.records[at];
		const names = Object.keys(this.kinds);
		const own = names.filter((name) => this.kindOf(name) === kind).map((name) => fields[name]);
		const known = kind === 'email' ? [keys.emails ?? []].flat() : listOf(keys.phone);
		const forms = [...own, ...known].map((value) => normalised(value, kind));
		return new Set(forms.filter((form) => form !== ''));
	}
}

/** A write of a value that only one record may have; `form` '' takes the value away. */
export interface Claim {
	side: Side;
	name: string;
	kind: UniqueKind;
	form: string;
	/** The index of the record. */
	target: number;
}

/** The records of both sides, with the holders of their unique values. */
type Granting = Both<SideRecords> & { readonly holders: Both<UniqueValues> };

/**
 * The claims that can all be granted: at most one for each value, and only if the present holder gives the
 * value up by another granted claim. So two records can exchange their values.
 */
export function granted<C extends Claim>(run: Granting, claims: readonly C[]): Set<C> {
	const open = new Set(claims);
	for (let before = -1; before !== open.size; ) {
		before = open.size;
		const wanted = new Map<string, number>();
		const giving = new Set<string>();
		for (const claim of open) {
			const { form, kind } = claim;
			if (form !== '') wanted.set(`${kind} ${form}`, (wanted.get(`${kind} ${form}`) ?? 0) + 1);
			const given = givenUp(run, claim);
			if (given !== undefined) giving.add(`${claim.target} ${kind} ${given}`);
		}
		const lost = [...open].filter(
			({ side, kind, form, target }) =>
				form !== '' &&
				((wanted.get(`${kind} ${form}`) ?? 0) > 1 ||
					run.holders[side]
						.of(kind, form)
						.some((at) => at !== target && !giving.has(`${at} ${kind} ${form}`))),
		);
		for (const claim of lost) open.delete(claim);
	}
	return open;
}

/** The value that the record gives up. An additional e-mail stays with it. */
function givenUp(run: Granting, { side, name, kind, target }: Claim): string | undefined {
	const { fields, keys } = run[side].records[target];
	const own = normalised(fields[name], kind);
	if (kind === 'phone') return own;
	const forms = [keys?.emails ?? []].flat().map((email) => normalised(email, kind));
	return forms.filter((form) => form === own).length > 1 ? undefined : own;
}
