import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/call/errors';
import type { Answer, Call } from '../../engine/operation';
import { rowsOf, totalIn } from '../../engine/call/paginate';
import { profileAddress } from '../../linkedIn';
import { read as readCall, type Path } from '../calls/read';
import type { LeadPage, LeadRow } from './leadPass';

/** Where leads are read. */
export interface LeadSource {
	kind: 'list' | 'campaign';
	id: number;
}

/** The statuses of a lead in a campaign (docs/apis/heyreach.md#campaigns). */
export const STATUS_NAMES = ['leadCampaignStatus', 'leadConnectionStatus', 'leadMessageStatus'];

interface Kind {
	path: Path;
	idKey: string;
	/** The most rows that HeyReach gives at once (docs/apis/heyreach.md#pages). */
	pageSize: number;
	read: (row: IDataObject) => LeadRow;
}

const KINDS: Record<LeadSource['kind'], Kind> = {
	list: {
		path: '/list/GetLeadsFromList',
		idKey: 'listId',
		pageSize: 1_000,
		read: (row) => leadRow(row, row),
	},
	campaign: {
		path: '/campaign/GetLeadsFromCampaign',
		idKey: 'campaignId',
		pageSize: 100,
		read: (row) => {
			const profile = isObject(row.linkedInUserProfile) ? row.linkedInUserProfile : {};
			const lead = leadRow(profile as IDataObject, row);
			const statuses = STATUS_NAMES.map((name) => String(row[name] ?? 'None'));
			const id = String(row.id ?? lead.profileUrl ?? lead.id);
			// The table of statuses is a text in which these two have a meaning.
			return { ...lead, place: { id: id.replace(/[ =]/g, '_'), statuses } };
		},
	},
};

export async function readLeadPage(
	{ kind, id }: LeadSource,
	offset: number,
	send: (call: Call) => Promise<Answer>,
	limit = KINDS[kind].pageSize,
): Promise<LeadPage> {
	const { path, idKey, read } = KINDS[kind];
	const { body } = await send(readCall(path, { [idKey]: id, offset, limit }));
	return { rows: rowsOf(body, 'items').map(read), total: totalIn(body) };
}

function leadRow(profile: IDataObject, row: IDataObject): LeadRow {
	const { profileUrl } = profile;
	const id = profile.linkedin_id ?? row.linkedInUserProfileId ?? profile.id;
	const known = id === undefined || id === null ? undefined : String(id);
	const address = typeof profileUrl === 'string' && profileUrl !== '' ? profileUrl : undefined;
	return {
		// An address that names nobody is no lead's own: several may have it.
		profileUrl: profileAddress(address) ?? (known === undefined ? address : undefined),
		id: known,
		profile,
		row,
	};
}
