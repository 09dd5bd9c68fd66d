import { required, text } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { requestBody } from '../fields/requestBody';

const jobId = required(
	text('Job ID', 'jobId', {
		placeholder: 'e.g. 1234',
		in: 'path',
		description: 'The jobId that Start returns',
	}),
);

export const emailEnrichment: Resource = {
	value: 'emailEnrichment',
	name: 'Email Enrichment',
	operations: [
		operation('GET /enrichment/enrich-email/check-job/{jobId}', {
			value: 'check',
			action: 'Check an email enrichment',
			description:
				'Get the status and result of an email enrichment. HeyReach documents little of this endpoint.',
			fields: [jobId],
		}),
		operation('POST /enrichment/enrich-email', {
			value: 'start',
			action: 'Start an email enrichment',
			description:
				'Start a search for the email of a lead, which may cost credits; returns a job ID for Check. HeyReach documents little of this endpoint.',
			fields: [requestBody],
		}),
	],
};
