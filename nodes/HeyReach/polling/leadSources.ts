import type { IDataObject } from 'n8n-workflow';
import { isObject, rowsOf } from '../../engine/values';
import type { Answer, Call } from '../../engine/operation';
import { totalIn } from '../../engine/call/paginate';
import { profileAddress } from '../../linkedIn';
import { read as readCall, type Path } from '../calls/read';
import type { LeadPage, LeadRow } from './leadPass';

/** A list or a campaign to read leads from. */
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
			// The packed table of statuses uses blanks and equals signs as separators.
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
		// Several leads may share an address that names nobody, so it identifies none of them.
		profileUrl: profileAddress(address) ?? (known === undefined ? address : undefined),
		id: known,
		profile,
		row,
	};
}
