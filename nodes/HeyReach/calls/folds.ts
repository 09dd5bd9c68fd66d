import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../../engine/call/errors';
import { isObject, rowsOf } from '../../engine/values';
import type { Answer, Call, Fold, Share } from '../../engine/operation';
import { canonicalProfileUrl } from '../../linkedIn';

/** Items whose calls differ in one list of the body alone share a call of up to 100. */
export function foldOf(
	list: string,
	split: (answer: Answer, calls: Call[]) => Share[] | 'divide',
): Fold {
	return {
		size: 100,
		key: ({ body }) => JSON.stringify({ ...body, [list]: undefined }),
		join: (calls) => ({
			...calls[0],
			body: { ...calls[0].body, [list]: calls.flatMap((call) => listIn(call, list)) },
		}),
		split,
	};
}

function listIn({ body }: Call, list: string): unknown[] {
	const value = body?.[list];
	return Array.isArray(value) ? value : [];
}

/**
 * Removals from one list share a call. `notFoundInList` names the leads that were not in it, by
 * their LinkedIn ID or by the part of their address behind /in/.
 */
export const foldRemovals = (list: 'leadMemberIds' | 'profileUrls', output: string): Fold => ({
	...foldOf(list, ({ body, repeated }, calls) => {
		const named = isObject(body) ? body.notFoundInList : undefined;
		const missing = new Set(Array.isArray(named) ? named.map(nameOf) : []);
		return calls.map((call) => {
			const [lead] = listIn(call, list);
			const removed = !missing.has(nameOf(lead));
			// A first try, whose answer was lost, may have removed the lead.
			const isKnown = Array.isArray(named) && (removed || !repeated);
			const told = isKnown ? { removed } : { success: true };
			return { record: { listId: call.body?.listId, [output]: String(lead), ...told } };
		});
	}),
	hasTarget: true,
});

/** One text for a lead of a list, however its address is written. */
function nameOf(lead: unknown): string {
	const name = String(lead);
	const address = canonicalProfileUrl(name) ?? canonicalProfileUrl(`linkedin.com/in/${name}`);
	return address ?? name;
}

/**
 * New tags share a call. The answer holds the created ones by their names. A second call would do
 * harm.
 */
export const foldNewTags: Fold = foldOf('tags', ({ body }, calls) => {
	const made = new Map(rowsOf(body, undefined).map((row) => [String(row.displayName), row]));
	return calls.map((call) => {
		const [tag] = rowsOf(call.body, 'tags');
		const row = made.get(String(tag.displayName));
		if (row) return { record: row };
		return {
			problem: {
				kind: 'refused',
				message: `HeyReach did not create the tag “${String(tag.displayName)}”`,
				description: 'Check whether the workspace has a tag of that name already.',
			},
		};
	});
});

/**
 * Entries for the blacklist share a call. `entries` names those that were taken by their place in
 * the call. An entry that is not named was skipped; a call for it alone gets the reason.
 */
export const foldBlacklist: Fold = foldOf('leads', ({ body }, calls) => {
	const entries = new Map(rowsOf(body, 'entries').map((row) => [Number(row.inputIndex), row]));
	const answer = isObject(body) ? body : {};
	if (calls.length > 1 && entries.size < calls.length) return 'divide';
	return calls.map((call, index): Share => {
		const [lead] = rowsOf(call.body, 'leads');
		const entry = entries.get(index);
		if (entry) return { record: entryOf(lead, entry) };
		if (Array.isArray(answer.duplicates) && answer.duplicates.length > 0) {
			return { record: { ...lead, created: false } };
		}
		const because = textOf(answer.validationErrors);
		return {
			problem: {
				kind: 'refused',
				message: `HeyReach did not add this to the blacklist${because ? `: ${because}` : ''}`,
				description: 'Give a LinkedIn profile URL, a LinkedIn ID, an email or a full name.',
			},
		};
	});
});

function entryOf(lead: IDataObject, { id, created }: IDataObject): IDataObject {
	return { id, ...lead, created };
}
