import type { FieldRule, Policy } from '../../../../nodes/ContactSync/reconcile';

const field = (field: string, A: string, B: string, more: Partial<FieldRule> = {}): FieldRule => ({
	...{ field, A, B },
	direction: 'both',
	rule: 'manual',
	onCreate: true,
	...more,
});

/** The field table of the tests: other names on each side, and a field for each way of comparing. */
export const FIELDS: readonly FieldRule[] = [
	field('Name', 'firstName', 'first_name'),
	field('E-mail', 'email', 'email_address', { normalise: 'email' }),
	field('Phone', 'phone', 'phone_number', { normalise: 'phone' }),
	field('Job title', 'title', 'position'),
	field('LinkedIn', 'linkedInUrl', 'profile_url', { normalise: 'linkedIn' }),
];

/** Brakes are out of the way, so that each test sees just what it is about. */
export const NO_BRAKES: Policy['brakes'] = {
	creates: { count: 1e6, share: 1 },
	updates: { count: 1e6, share: 1 },
	gone: { count: 1e6, share: 1 },
	newPolicy: false,
};

export function policy(more: Partial<Policy> = {}, rules: Partial<FieldRule> = {}): Policy {
	return {
		fields: FIELDS.map((row) => ({ ...row, ...rules })),
		tags: { direction: 'both', prefixes: ['hr:'] },
		initial: 'fillBlank',
		create: { A: false, B: false },
		brakes: NO_BRAKES,
		// Rounds are a minute apart.
		graceMs: 90_000,
		...more,
	};
}
