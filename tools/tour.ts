import type { TourStep } from '../sandbox';
import { OWNER } from './n8n/client';
import type { ImportedTemplate } from './templates';

/** The template that the first steps are about: one click, and a tag. */
const SHOWN = 'Tag GHL contacts from HeyReach activity';

/** What to click after `npm start` to see a first tag, in the terminal and on the sandbox's page. */
export function firstSteps(
	n8nUrl: string,
	sandboxUrl: string,
	templates: ImportedTemplate[],
): TourStep[] {
	const shown = templates.find(({ name }) => name === SHOWN);
	const workflow = shown ? `${n8nUrl}/workflow/${shown.id}` : n8nUrl;
	return [
		{
			text: `Log in to n8n (${OWNER.email}, ${OWNER.password}) and look at the workflow “${SHOWN}”. It is on.`,
			url: workflow,
		},
		{
			text: 'In the sandbox, tab Leads, press “Send event” at the first lead: it replies on LinkedIn.',
			url: `${sandboxUrl}/#Leads`,
		},
		{
			text: 'Tab Contacts: the same person is on top, in yellow, with a new tag.',
			url: `${sandboxUrl}/#Contacts`,
		},
		{
			text: 'Back in the workflow, tab Executions: what each node did.',
			url: shown ? `${workflow}/executions` : n8nUrl,
		},
		{
			text: 'Your turn: open “Your settings” in the workflow, write another tag, press Publish, and send the event of the second lead.',
		},
	];
}
