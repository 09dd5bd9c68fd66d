import { verbs } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { formPages } from '../calls/pages';
import { formPicker } from '../editor/pickers';
import { submissionParts } from '../fields/submissions';
import { uploadFormFiles } from './formUpload';

const ofLocation = verbs('form', { path: '/forms/', scope: 'forms' });

export const form: Resource = {
	value: 'form',
	name: 'Form',
	operations: [
		ofLocation.getMany({
			description: 'Get the forms of the location with their IDs and names',
			query: { locationId: '{locationId}' },
			pages: formPages,
		}),
		ofLocation.other('GET /forms/submissions', submissionParts('form', formPicker)),
		uploadFormFiles,
	],
};
