import { SANDBOX } from '../accounts';
import type { Form, Submission } from '../ghl/records';
import { seededId } from '../ids';
import type { SandboxState } from '../state';
import { person, range } from './people';

const { locationId } = SANDBOX;
const HOUR = 60 * 60_000;

/** Three forms with 12 submissions by contacts 0-11, an hour apart up to now, and two surveys with 4. */
export function seedForms(state: SandboxState): void {
	const { forms, formSubmissions, surveys, surveySubmissions } = state;
	fill(forms, formSubmissions, 'form', ['Book a demo', 'Contact us', 'Newsletter'], 12);
	fill(surveys, surveySubmissions, 'survey', ['How did you like it', 'Fit for us'], 4);
}

function fill(
	forms: Map<string, Form>,
	submissions: Map<string, Submission>,
	kind: 'form' | 'survey',
	names: string[],
	count: number,
): void {
	const formIds = names.map((name, number) => {
		const id = seededId(`${kind}:seed:${number}`);
		forms.set(id, { id, locationId, name });
		return id;
	});
	for (const number of range(0, count)) {
		const { firstName, lastName, email, phone } = person(number);
		const id = seededId(`${kind}Submission:seed:${number}`);
		submissions.set(id, {
			id,
			locationId,
			formId: formIds[number % 2],
			contactId: seededId(`contact:seed:${number}`),
			name: `${firstName} ${lastName}`,
			email,
			createdAt: new Date(Date.now() - (number + 1) * HOUR).toISOString(),
			others: {
				first_name: firstName,
				last_name: lastName,
				email,
				phone,
				eventData: { type: 'page-visit', medium: kind, source: 'Direct traffic' },
				fieldsOriSequance: ['first_name', 'last_name', 'email', 'phone'],
			},
		});
	}
}
