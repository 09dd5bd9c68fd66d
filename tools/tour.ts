import type { TourStep } from '../sandbox';
import { CLIENTS } from './clients';
import { OWNER } from './n8n/client';
import type { ImportedTemplate } from './templates';

/** The template that the first steps are about: one click, and a tag. */
const SHOWN = 'Tag GHL contacts from HeyReach activity';

/** Where the first steps lead. */
export interface Places {
	n8nUrl: string;
	sandboxUrl: string;
	/** Of the Data Table that lists the clients. */
	clientsPage: string;
	templates: ImportedTemplate[];
}

/**
 * What to click after `npm start` to see how one workflow serves several clients, in the terminal
 * and on the sandbox's page.
 */
export function firstSteps({ n8nUrl, sandboxUrl, clientsPage, templates }: Places): TourStep[] {
	const shown = templates.find(({ name }) => name === SHOWN);
	const workflow = shown ? `${n8nUrl}/workflow/${shown.id}` : n8nUrl;
	const [first, second, third] = CLIENTS;
	const leads = (workspaceId: number) => `${sandboxUrl}/?workspace=${workspaceId}#Leads`;
	const contacts = (locationId: string) => `${sandboxUrl}/?location=${locationId}#Contacts`;
	return [
		{
			text: `Log in to n8n (${OWNER.email}, ${OWNER.password}) and look at the workflow “${SHOWN}”. It is on, and serves three clients.`,
			url: workflow,
		},
		{
			text: 'Look at the Data Table Clients: a row for each client names its HighLevel location, its HeyReach workspace and what is on for it.',
			url: clientsPage,
		},
		{
			text: `In the sandbox, tab Leads, workspace “${first.name}”, press “Send event” at the first lead: it replies on LinkedIn.`,
			url: leads(first.workspaceId),
		},
		{
			text: `Tab Contacts, location “${first.name}”: the same person is on top, in yellow, with a new tag.`,
			url: contacts(first.locationId),
		},
		{
			text: `Send the event of the first lead in the workspace “${second.name}”: the same workflow tags the contact in the location “${second.name}”, and nothing changes in the other locations.`,
			url: leads(second.workspaceId),
		},
		{
			text: 'Back in the workflow, tab Executions: what each node did, and for which client.',
			url: shown ? `${workflow}/executions` : n8nUrl,
		},
		{
			text: `Your turn: in Clients, turn tag off in the row of “${third.name}”, and send the event of a lead in its workspace. Nobody is tagged. A new client is one row more.`,
			url: clientsPage,
		},
	];
}
