import type { Sandbox, TourStep } from '../sandbox';
import { CLIENTS } from './clients';
import { OWNER } from './n8n/client';
import type { WorkflowFile } from './n8n/workflow';
import { readTemplates } from './templates';
import type { ImportedTemplate } from './templates';

/** The template that the first steps are about: one click, and a tag. */
const SHOWN = {
	file: 'tag-ghl-contacts-from-heyreach-activity.json',
	name: 'Tag GHL contacts from HeyReach activity',
};
/** The template that an event of HighLevel starts. */
const STOP = 'Stop the HeyReach campaign when the prospect answers elsewhere';
/** The event that the sandbox's page offers first. */
const FIRST_EVENT = 'EVERY_MESSAGE_REPLY_RECEIVED';
const SETTINGS = 'Your settings';

/** Where the first steps lead. */
export interface Places {
	n8nUrl: string;
	sandbox: Pick<Sandbox, 'url' | 'state'>;
	/** Of the Data Table that lists the clients. */
	clientsPage: string;
	templates: ImportedTemplate[];
}

/** A line of the node “Your settings”. */
interface SettingsLine {
	name: string;
	value: unknown;
}

/**
 * The line of {@link SHOWN} that holds the tags of {@link FIRST_EVENT}.
 *
 * @throws when the template has no such line
 */
export async function lineOfFirstEvent(): Promise<SettingsLine> {
	const text = (await readTemplates()).get(SHOWN.file) ?? '{"nodes":[]}';
	const { nodes } = JSON.parse(text) as WorkflowFile;
	const parameters = nodes.find(({ name }) => name === SETTINGS)?.parameters;
	const { assignments = [] } = (parameters?.assignments ?? {}) as { assignments?: SettingsLine[] };
	const found = assignments.find(({ name }) => eventOf(name) === FIRST_EVENT);
	if (found === undefined) throw new Error(`“${SHOWN.name}” has no line for ${FIRST_EVENT}.`);
	return found;
}

/** `Every Message Reply Received` stands for `EVERY_MESSAGE_REPLY_RECEIVED`. */
const eventOf = (line: string): string => line.replaceAll(' ', '_').toUpperCase();

/** A contact of the location whose lead a campaign of the workspace still writes to. */
function prospectOf(
	{ state }: Pick<Sandbox, 'state'>,
	{ locationId, workspaceId }: (typeof CLIENTS)[number],
): string {
	const { campaigns, leads } = state.workspace(workspaceId);
	const contacted = [...campaigns.values()]
		.flatMap((campaign) => campaign.leads)
		.filter(({ leadCampaignStatus }) => leadCampaignStatus === 'InSequence')
		.map(({ linkedinId }) => leads.get(linkedinId));
	const names = contacted.map((lead) => `${lead?.firstName} ${lead?.lastName}`);
	const found = [...state.contacts.values()]
		.filter((contact) => contact.locationId === locationId)
		.map(({ firstName, lastName }) => `${firstName} ${lastName}`)
		.find((name) => names.includes(name));
	if (found === undefined) throw new Error(`No campaign writes to a contact of ${locationId}.`);
	return found;
}

/**
 * What to click after `npm start` to see both directions, and how one workflow serves several
 * clients: in the terminal and on the sandbox's page.
 */
export async function firstSteps(places: Places): Promise<TourStep[]> {
	const { n8nUrl, sandbox, clientsPage, templates } = places;
	const pageOf = (name: string): string => {
		const found = templates.find((template) => template.name === name);
		return found ? `${n8nUrl}/workflow/${found.id}` : n8nUrl;
	};
	const workflow = pageOf(SHOWN.name);
	const [first, second, third] = CLIENTS;
	const leads = (workspaceId: number) => `${sandbox.url}/?workspace=${workspaceId}#Leads`;
	const contacts = (locationId: string) => `${sandbox.url}/?location=${locationId}#Contacts`;
	const { name: line, value: tag } = await lineOfFirstEvent();
	const prospect = prospectOf(sandbox, first);
	return [
		{
			text: `Log in to n8n (${OWNER.email}, ${OWNER.password}) and look at the workflow “${SHOWN.name}”. It is published, and serves three clients.`,
			url: workflow,
		},
		{
			text: `In the sandbox, tab Leads, workspace “${first.name}”, press “Send event” at the first lead. The event ${FIRST_EVENT} is a reply on LinkedIn.`,
			url: leads(first.workspaceId),
		},
		{
			text: `Tab Contacts, location “${first.name}”: the same person is on top, in yellow. The new tag ${String(tag)} is green. Seconds later other published workflows add to it: “Understand replies” a tag and a task, “Route new HeyReach leads” a tag and a task, “LinkedIn inbox in HighLevel” the messages.`,
			url: contacts(first.locationId),
		},
		{
			text: 'Back in the workflow, tab Executions: what each node did, and for which client.',
			url: `${workflow}/executions`,
		},
		{
			text: `The other direction: in tab Contacts, press “Reply” at ${prospect}. HighLevel sends the event to “${STOP}”. Tab Leads then shows Finished at ${prospect}: nobody writes to this person on LinkedIn any more.`,
			url: contacts(first.locationId),
		},
		{
			text: `Change a setting: in “${SHOWN.name}” open the node “${SETTINGS}”, write another tag into the line “${line}”, and press Publish. Send the event of step 2 again: the contact gets your tag.`,
			url: workflow,
		},
		{
			text: `Another client: send the event of the first lead in the workspace “${second.name}”. The same workflow tags the contact in the location “${second.name}”, and nothing changes in the other locations.`,
			url: leads(second.workspaceId),
		},
		{
			text: `The Data Table Clients has a row for each client. Turn tag off in the row of “${third.name}”, and send the event of a lead in its workspace: the contact does not get the tag ${String(tag)}. “Understand replies” has no column and serves every row, so it still adds a tag and a task of its own. A new client is one row more.`,
			url: clientsPage,
		},
	];
}
