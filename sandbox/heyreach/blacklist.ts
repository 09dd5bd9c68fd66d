import { MATCHING_STATUSES } from './records';
import type { BlacklistedCompany, BlacklistedLead } from './records';
import { findLead, hasKeyword, page, profileKey, route } from './route';
import type { Call, Paging, Route } from './route';
import { fields, listOf, nullable, optionalText, paging, whole } from './validate';
import type { WorkspaceData } from './workspace';

/**
 * One source (a client written from HeyReach's API description) gives the two lead endpoints that
 * read and add. How entries are removed, and all about companies, is our reading of them: no source
 * has a body.
 */

interface LeadEntry {
	linkedInProfileId?: string | null;
	profileUrl?: string | null;
	email?: string | null;
	fullName?: string | null;
}
const LEAD_KEYS = ['linkedInProfileId', 'profileUrl', 'email', 'fullName'] as const;
const leadEntry = fields(Object.fromEntries(LEAD_KEYS.map((key) => [key, optionalText])));
const MAX_ENTRIES = 100;

/** The first identifier of an entry, in the order in which HeyReach trusts them. */
function identifier(entry: LeadEntry): string | undefined {
	const { linkedInProfileId, profileUrl, email, fullName } = entry;
	const text = linkedInProfileId || (profileUrl && profileKey(profileUrl)) || email || fullName;
	return text ? text.toLowerCase() : undefined;
}

/** A name alone is a broad match; everything else is either somebody HeyReach knows or nobody. */
function newLead(state: WorkspaceData, entry: LeadEntry): BlacklistedLead {
	const { linkedInProfileId, profileUrl, email, fullName } = entry;
	const lead = findLead(state, { linkedinId: linkedInProfileId, profileUrl, email });
	const nameOnly = !linkedInProfileId && !profileUrl && !email;
	const isKnown = lead !== undefined || Boolean(linkedInProfileId);
	return {
		id: state.ids.nextNumber('blacklist', 5001),
		linkedInProfileId: linkedInProfileId ?? lead?.linkedinId ?? null,
		profileUrl: profileUrl ?? lead?.profileUrl ?? null,
		email: email ?? null,
		fullName: fullName ?? (lead === undefined ? null : `${lead.firstName} ${lead.lastName}`),
		matchingStatus: nameOnly ? 'BroadMatch' : isKnown ? 'Matched' : 'NotFound',
		creationTime: new Date().toISOString(),
	};
}

function problem({ profileUrl }: LeadEntry, id: string | undefined): string | undefined {
	if (id === undefined) return 'no identifier was given';
	if (!profileUrl || /linkedin\.com\/(in|sales)\//i.test(profileUrl)) return undefined;
	return 'the profile URL is not valid';
}

interface Added {
	added: number;
	entries: Array<{ inputIndex: number; id: number; created: boolean }>;
	duplicates: string[];
	validationErrors: string[];
}

/** 200 does not mean that every entry landed: each has its own line. */
function addLeads({ state, body }: Call<{ leads: LeadEntry[] }, unknown>): Added {
	const known = new Map<string, number>();
	for (const entry of state.blacklistedLeads.values()) {
		for (const key of LEAD_KEYS) {
			const id = identifier({ [key]: entry[key] });
			if (id !== undefined) known.set(id, entry.id);
		}
	}
	const answer: Added = { added: 0, entries: [], duplicates: [], validationErrors: [] };
	for (const [inputIndex, entry] of body.leads.entries()) {
		const key = identifier(entry);
		const wrong = problem(entry, key);
		if (key === undefined || wrong !== undefined) {
			answer.validationErrors.push(`index ${inputIndex}: ${wrong}`);
			continue;
		}
		const before = known.get(key);
		if (before !== undefined) {
			answer.duplicates.push(key);
			answer.entries.push({ inputIndex, id: before, created: false });
			continue;
		}
		const made = newLead(state, entry);
		state.blacklistedLeads.set(made.id, made);
		known.set(key, made.id);
		answer.added += 1;
		answer.entries.push({ inputIndex, id: made.id, created: true });
	}
	return answer;
}

const newestFirst = <T extends { id: number }>(entries: Iterable<T>): T[] =>
	[...entries].sort((a, b) => b.id - a.id);

interface LeadsFilter extends Paging {
	search?: string | null;
	matchingStatus?: BlacklistedLead['matchingStatus'] | null;
}

function leadsOf({ state, body }: Call<LeadsFilter, unknown>): object {
	const { search, matchingStatus } = body;
	const found = newestFirst(state.blacklistedLeads.values()).filter(
		(entry) =>
			hasKeyword(LEAD_KEYS.map((key) => entry[key] ?? '').join(' '), search) &&
			(!matchingStatus || entry.matchingStatus === matchingStatus),
	);
	return page(found, body, (entry) => ({
		...entry,
		resolutionStage: entry.matchingStatus === 'Matched' ? 'Resolved' : null,
	}));
}

interface CompanyEntry {
	companyName?: string | null;
	companyUrl?: string | null;
}
const companyEntry = fields({ companyName: optionalText, companyUrl: optionalText });

function addCompanies({ state, body }: Call<{ companies: CompanyEntry[] }, unknown>): Added {
	const answer: Added = { added: 0, entries: [], duplicates: [], validationErrors: [] };
	for (const [inputIndex, { companyName, companyUrl }] of body.companies.entries()) {
		const key = (companyUrl || companyName || '').toLowerCase();
		if (key === '') {
			answer.validationErrors.push(`index ${inputIndex}: no identifier was given`);
			continue;
		}
		const same = [...state.blacklistedCompanies.values()].find((entry) =>
			[entry.companyUrl, entry.companyName].some((text) => text?.toLowerCase() === key),
		);
		if (same !== undefined) {
			answer.duplicates.push(key);
			answer.entries.push({ inputIndex, id: same.id, created: false });
			continue;
		}
		const made: BlacklistedCompany = {
			id: state.ids.nextNumber('blacklist', 5001),
			companyName: companyName ?? null,
			companyUrl: companyUrl ?? null,
			creationTime: new Date().toISOString(),
		};
		state.blacklistedCompanies.set(made.id, made);
		answer.added += 1;
		answer.entries.push({ inputIndex, id: made.id, created: true });
	}
	return answer;
}

/** By the ids that adding and listing answer. */
const remove = (path: string, of: (state: WorkspaceData) => Map<number, unknown>): Route =>
	route<{ ids: number[] }>({
		method: 'POST',
		path,
		body: fields({ ids: listOf(whole, MAX_ENTRIES) }, ['ids']),
		handle: ({ state, body }) => {
			const removed = body.ids.filter((id) => of(state).delete(id)).length;
			return { removed };
		},
	});

export const blacklist: Route[] = [
	route<LeadsFilter>({
		method: 'POST',
		path: '/blacklist/GetLeads',
		body: fields({
			...paging(),
			search: optionalText,
			matchingStatus: nullable({ enum: MATCHING_STATUSES }),
		}),
		handle: leadsOf,
	}),
	route<{ leads: LeadEntry[] }>({
		method: 'POST',
		path: '/blacklist/AddLeads',
		body: fields({ leads: listOf(leadEntry, MAX_ENTRIES) }, ['leads']),
		handle: addLeads,
	}),
	remove('/blacklist/RemoveLeads', (state) => state.blacklistedLeads),
	route<Paging & { search?: string | null }>({
		method: 'POST',
		path: '/blacklist/GetCompanies',
		body: fields({ ...paging(), search: optionalText }),
		handle: ({ state, body }) =>
			page(
				newestFirst(state.blacklistedCompanies.values()).filter(({ companyName, companyUrl }) =>
					hasKeyword(`${companyName ?? ''} ${companyUrl ?? ''}`, body.search),
				),
				body,
				(entry) => entry,
			),
	}),
	route<{ companies: CompanyEntry[] }>({
		method: 'POST',
		path: '/blacklist/AddCompanies',
		body: fields({ companies: listOf(companyEntry, MAX_ENTRIES) }, ['companies']),
		handle: addCompanies,
	}),
	remove('/blacklist/RemoveCompanies', (state) => state.blacklistedCompanies),
];
