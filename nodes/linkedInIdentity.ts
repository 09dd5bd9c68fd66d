import { linkedInKey } from './linkedIn';

/** A custom field that holds the person's own LinkedIn address, by its name. */
export const LINKEDIN_NAME =
	/^((personal|contact|his|her|their|my)\s+)?linked\s*in(\s+(profile|url|link|address|page))*$/i;

/** A custom field that holds LinkedIn's number for the person, by its name. */
export const MEMBER_ID_NAME = /^linked\s*in\s+(member\s+)?id$/i;

/** The keys by which LinkedIn knows a person, by type: `memberId` and those of `LinkedInKey`. */
export type Identity = Map<string, Set<string>>;

/** @param memberIds what is no number, such as HeyReach's provisional `imp_…`, is no key */
export function identityOf(
	addresses: readonly unknown[],
	memberIds: readonly unknown[] = [],
): Identity {
	const identity: Identity = new Map();
	const add = (type: string, key: string) =>
		identity.set(type, (identity.get(type) ?? new Set()).add(key));
	for (const address of addresses) {
		const found = linkedInKey(address);
		if (found) add(found.type, found.key);
	}
	for (const id of memberIds) if (isMemberId(id)) add('memberId', String(id));
	return identity;
}

/** LinkedIn's own number for a person. HeyReach gives `imp_…` until it has looked the profile up. */
export const isMemberId = (id: unknown): boolean => /^[1-9]\d*$/.test(String(id ?? ''));

/**
 * Whether two records are the same person. `same`: they agree in every type of key that both have.
 * `other`: they differ in one. `unknown`: no type stands in both.
 */
export function compareIdentities(a: Identity, b: Identity): 'same' | 'other' | 'unknown' {
	const both = [...a].flatMap(([type, keys]) => {
		const others = b.get(type);
		return others ? [[...keys].some((key) => others.has(key))] : [];
	});
	if (both.length === 0) return 'unknown';
	return both.every(Boolean) ? 'same' : 'other';
}
