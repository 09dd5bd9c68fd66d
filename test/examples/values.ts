import type { IBinaryKeyData, INodeParameters } from 'n8n-workflow';
import type { Sandbox } from '../../sandbox';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });

/** Ids that an example may need, from what the sandbox holds now. */
export function known(sandbox: Sandbox) {
	const first = <T>(map: Map<unknown, T>) => [...map.values()][0];
	return {
		contact: first(sandbox.state.contacts),
		user: first(sandbox.state.users),
		business: first(sandbox.state.businesses),
		note: first(sandbox.state.notes),
		task: first(sandbox.state.tasks),
		calendar: first(sandbox.state.calendars),
		appointment: first(sandbox.state.appointments),
		appointmentNote: first(sandbox.state.appointmentNotes),
		blockSlot: first(sandbox.state.blockSlots),
		workflow: first(sandbox.state.workflows),
		campaign: first(sandbox.state.marketingCampaigns),
		customField: first(sandbox.state.customFields),
		customValue: first(sandbox.state.customValues),
		link: first(sandbox.state.links),
		locationTag: first(sandbox.state.locationTags),
		pipeline: first(sandbox.state.pipelines),
		opportunity: first(sandbox.state.opportunities),
		conversation: first(sandbox.state.conversations),
	};
}

/** One record that two people follow. */
export function followedByTwo<T extends { followers: string[] }>(records: Map<string, T>): T {
	const found = [...records.values()].find(({ followers }) => followers.length === 2);
	if (!found) throw new Error('The sandbox has no record with two followers');
	return found;
}

/** The parameters of one operation, with ids that the sandbox has. */
export type Example = (sandbox: Sandbox) => INodeParameters;

/** What the editor stores for a table of fields that was filled in by hand. */
export function columns(value: INodeParameters): INodeParameters {
	return { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] };
}

/** The file `offer` of an item, as n8n holds it in memory. */
export const exampleFile: IBinaryKeyData = {
	offer: {
		data: Buffer.from('%PDF-1.7 an offer').toString('base64'),
		mimeType: 'application/pdf',
		fileName: 'offer “one”.pdf',
		fileExtension: 'pdf',
	},
};
