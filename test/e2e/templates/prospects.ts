import type { Sandbox } from '../../../sandbox';

/** A contact who is in a HeyReach campaign that still runs, and their rows there. */
export function prospect({ state }: Sandbox, number: number) {
	const running = [...state.campaigns.values()].flatMap((campaign) =>
		campaign.leads.filter(({ leadCampaignStatus, manuallyStopped }) => {
			const under = ['Pending', 'InSequence', 'Paused'].includes(leadCampaignStatus);
			return under && !manuallyStopped;
		}),
	);
	const found = [...new Set(running.map(({ linkedinId }) => linkedinId))].flatMap((id) => {
		const address = state.leads.get(id)?.profileUrl.replace(/\/*$/, '/');
		const contact = [...state.contacts.values()].find(({ customFields }) =>
			customFields.some(({ value }) => value === address),
		);
		return contact
			? [{ contact, rows: running.filter(({ linkedinId }) => linkedinId === id) }]
			: [];
	});
	return found[number];
}

/** An opportunity of the contact, as it is now; gives its id. */
export function putOpportunity({ state }: Sandbox, contactId: string, more: object): string {
	const [like] = state.opportunities.values();
	const now = new Date().toISOString();
	const id = `opportunity${contactId.slice(-9)}`;
	const times = { lastStatusChangeAt: now, lastStageChangeAt: now };
	state.opportunities.set(id, { ...like, ...times, id, contactId, name: 'A deal', ...more });
	return id;
}
