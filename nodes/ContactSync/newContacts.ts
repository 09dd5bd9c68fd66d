import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import { isObject, rowsOf, toList, unwrap } from '../engine/values';
import type { FieldRule, NewRecordDefaults, Policy } from './reconcile';

/** Which leads may become contacts. */
export type CreateWhen = 'any' | 'accepted' | 'answered';

/** The settings about contacts that the sync creates, and about the owners that it gives. */
export interface NewContactSettings {
	when: CreateWhen;
	/** The IDs of HighLevel users, by the ID of the LinkedIn account whose leads they get. */
	owners: ReadonlyMap<string, string>;
	defaults: NewRecordDefaults;
}

/** The field of a contact that holds its owner. */
export const OWNER = 'assignedTo';

/** The owner of a lead, as if it were a field of it: of a lead that has answered, and of one that becomes a contact. */
export const ANSWERED_OWNER = 'ownerOfAnswered';
export const CREATED_OWNER = 'ownerOfCreated';

/** @throws BadInput for half a row, and for two rows with the same sender and different users */
export function readNewContacts(
	of: (name: string, fallback: unknown) => unknown,
	createsContacts: boolean,
): NewContactSettings {
	const when = of('createGhlWhen', 'any');
	const isLimited = createsContacts && (when === 'accepted' || when === 'answered');
	return {
		when: isLimited ? when : 'any',
		owners: ownersIn(rowsOf(of('ownerMapping', {}), 'rows')),
		defaults: defaultsIn(createsContacts ? of('createdContacts', {}) : {}),
	};
}

const idIn = (value: unknown): string => String(unwrap(value) ?? '').trim();

function ownersIn(rows: readonly IDataObject[]): Map<string, string> {
	const owners = new Map<string, string>();
	for (const row of rows) {
		const sender = idIn(row.sender);
		const user = idIn(row.userId);
		if (sender === '' && user === '') continue;
		if (sender === '' || user === '')
			throw new BadInput(
				'A row of Owners names a sender or a user, and not both',
				'Choose the LinkedIn account and the HighLevel user of each row, or remove the row.',
			);
		if ((owners.get(sender) ?? user) !== user)
			throw new BadInput(
				`Two rows of Owners give the leads of sender ${sender} to different users`,
				'Keep one row for each sender.',
			);
		owners.set(sender, user);
	}
	return owners;
}

function defaultsIn(value: unknown): NewRecordDefaults {
	const { source, assignedTo, tags } = isObject(value) ? (value as IDataObject) : {};
	const given = { source: idIn(source), [OWNER]: idIn(assignedTo) };
	return {
		fields: Object.fromEntries(Object.entries(given).filter(([, text]) => text !== '')),
		tags: toList(unwrap(tags) ?? ''),
	};
}

/** Whether it matters how far the outreach to a lead has come. */
export const needsOutreach = ({ when, owners }: NewContactSettings): boolean =>
	when !== 'any' || owners.size > 0;

/**
 * The rows that keep owners, beside those of the field table. A contact that has an owner counts as not
 * read, so the merge can fill a blank and never overwrite.
 */
export function ownerRules({ owners }: NewContactSettings): FieldRule[] {
	if (owners.size === 0) return [];
	const row = { A: OWNER, rule: 'fillBlank', normalise: 'exact', occasional: true } as const;
	return [
		{ ...row, field: 'Owner', B: ANSWERED_OWNER, direction: 'BtoA' },
		{
			...row,
			field: 'Owner of a new contact',
			B: CREATED_OWNER,
			direction: 'off',
			onCreate: true,
		},
	];
}

/** The parts of the policy that follow from these settings. None for the settings of a new node. */
export function newContactPolicy({
	when,
	owners,
	defaults,
}: NewContactSettings): Pick<Policy, 'created' | 'decidedBy'> {
	const hasDefaults = Object.keys(defaults.fields).length + defaults.tags.length > 0;
	const isDecided = when !== 'any' || owners.size > 0;
	return {
		...(hasDefaults && { created: { A: defaults } }),
		...(isDecided && { decidedBy: JSON.stringify([when, [...owners].sort()]) }),
	};
}
