import type { IDataObject } from 'n8n-workflow';
import { canonicalProfileUrl } from '../../linkedIn';
import { isMemberId } from '../../linkedInIdentity';
import type { LeadChange } from './leadPass';
import { STATUS_NAMES, type LeadSource } from './leadSources';

/**
 * The output for one change. Its parts have the names of the HeyReach Trigger's output, so that one
 * workflow can take both. `body` is the row as HeyReach gave it, which a simplified output is without.
 *
 * @param workspace its name; empty for the credential's own
 */
export function changeOutput(
	{ event, lead, changed, before }: LeadChange,
	{ kind, id }: LeadSource,
	workspace: string,
	simple: boolean,
): IDataObject {
	const statuses = lead.place?.statuses;
	return {
		workspace,
		event,
		lead: leadOutput(lead.profile, lead.id),
		[kind]: { id },
		...(event === 'lead_updated' && { changedFields: changed ?? null }),
		...(event === 'lead_status_changed' && statuses
			? { status: named(statuses), statusBefore: before ? named(before) : null }
			: {}),
		...(!simple && { body: lead.row }),
	};
}

function named(statuses: string[]): IDataObject {
	return Object.fromEntries(STATUS_NAMES.map((name, at) => [name, statuses[at]]));
}

function leadOutput(profile: IDataObject, id: string | undefined): IDataObject {
	const { firstName, lastName, emailAddress, enrichedEmailAddress, customEmailAddress } = profile;
	const { profileUrl, location, companyName, companyUrl, position, about, tags } = profile;
	const parts: IDataObject = {
		id,
		memberId: isMemberId(id) ? id : undefined,
		profileUrl,
		linkedInUrl: canonicalProfileUrl(profileUrl),
		firstName,
		lastName,
		fullName: [firstName, lastName].filter(Boolean).join(' '),
		location,
		companyName,
		companyUrl,
		position,
		about,
		email: emailAddress,
		enrichedEmail: enrichedEmailAddress,
		customEmail: customEmailAddress,
		tags,
	};
	return Object.fromEntries(
		Object.entries(parts).filter(
			([, value]) => value !== undefined && value !== null && value !== '',
		),
	);
}
