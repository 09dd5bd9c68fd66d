import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { surveyPages } from '../calls/pages';
import { surveyPicker } from '../editor/pickers';
import { submissionParts } from '../fields/submissions';

const ofLocation = verbs('survey', { path: '/surveys/', scope: 'surveys' });

export const survey: Resource = {
	value: 'survey',
	name: 'Survey',
	operations: [
		ofLocation.getMany({
			description: 'Get the surveys of the location with their IDs and names',
			query: { locationId: '{locationId}' },
			pages: surveyPages,
		}),
		ofLocation.other('GET /surveys/submissions', submissionParts('survey', surveyPicker)),
	],
};
