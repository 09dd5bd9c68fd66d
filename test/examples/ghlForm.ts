import { SANDBOX, type Sandbox } from '../../sandbox';
import { byId, byName, known, type Example } from './values';

/** Forms and surveys, and what was filled in. */
export const ghlFormExamples: Record<string, Example> = {
	'form:getMany': () => ({ returnAll: true }),
	'form:getSubmissions': (sandbox) => ({
		filters: { ...everyFilter(), formId: byId([...sandbox.state.forms.keys()][0]) },
		returnAll: false,
		limit: 5,
	}),
	'form:upload': (sandbox) => ({
		contactId: byId(known(sandbox).contact.id),
		fileField: byName(fileField(sandbox)),
		binaryFields: 'offer',
	}),
	'survey:getMany': () => ({ returnAll: true }),
	'survey:getSubmissions': (sandbox) => ({
		filters: { ...everyFilter(), surveyId: byId([...sandbox.state.surveys.keys()][0]) },
		returnAll: false,
		limit: 5,
	}),
};

const everyFilter = () => ({ startAt: '2026-01-01', endAt: '2035-12-31', q: 'example.com' });

/** The name of a new custom field for files. */
function fileField({ state }: Sandbox): string {
	const name = 'Offers';
	const field = { name, fieldKey: 'contact.offers', dataType: 'FILE_UPLOAD', position: 500 };
	const id = 'sbxFileField00000001';
	const { locationId } = SANDBOX;
	state.customFields.set(id, { id, locationId, model: 'contact', ...field });
	return name;
}
