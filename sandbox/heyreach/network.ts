import { refused } from './errors';
import { senderOf } from './leads';
import type { Lead } from './records';
import { findLead, route } from './route';
import type { Route } from './route';
import { fields, optionalText, whole } from './validate';
import { profileView } from './views';

interface NetworkBody {
	senderId: number;
	pageNumber?: number;
	pageSize?: number;
}

interface ConnectionBody {
	senderAccountId: number;
	leadProfileUrl?: string | null;
	leadLinkedInId?: string | null;
}

export const network: Route[] = [
	route<NetworkBody>({
		method: 'POST',
		path: '/MyNetwork/GetMyNetworkForSender',
		body: fields(
			{
				senderId: whole,
				pageNumber: { type: 'integer', minimum: 0 },
				pageSize: { type: 'integer', minimum: 1, maximum: 100 },
			},
			['senderId'],
		),
		// The sources contradict each other about the first page: 0 (HeyReach's own n8n pack and
		// another) or 1 (a command line tool). Here it is 0.
		handle: ({ state, body: { senderId, pageNumber = 0, pageSize = 10 } }) => {
			const profiles = senderOf(state, senderId)
				.connections.map((id) => state.leads.get(id))
				.filter((lead): lead is Lead => lead !== undefined);
			const from = pageNumber * pageSize;
			return {
				totalCount: profiles.length,
				items: profiles.slice(from, from + pageSize).map(profileView),
			};
		},
	}),
	route<ConnectionBody>({
		method: 'POST',
		path: '/MyNetwork/IsConnection',
		body: fields(
			{
				senderAccountId: whole,
				leadProfileUrl: optionalText,
				leadLinkedInId: optionalText,
			},
			['senderAccountId'],
		),
		handle: ({ state, body: { senderAccountId, leadProfileUrl, leadLinkedInId } }) => {
			if (!leadProfileUrl === !leadLinkedInId) {
				throw refused('Send either leadProfileUrl or leadLinkedInId.');
			}
			const { connections } = senderOf(state, senderAccountId);
			const lead = findLead(state, { profileUrl: leadProfileUrl, linkedinId: leadLinkedInId });
			return { isConnection: lead !== undefined && connections.includes(lead.linkedinId) };
		},
	}),
];
