import { required, text } from '../../engine/describe/fields';
import { operation } from '../../engine/describe/verbs';
import type { Resource } from '../../engine/operation';
import { requestBody } from '../fields/requestBody';

const jobId = required(text('Job ID', 'jobId', { in: 'path', description: 'What Start put out' }));

export const emailEnrichment: Resource = {
	value: 'emailEnrichment',
	name: 'Email Enrichment',
	operations: [
		operation('GET /enrichment/enrich-email/check-job/{jobId}', {
			value: 'check',
			action: 'Check an email enrichment',
			description:
				'Get how far an enrichment is, and its result. HeyReach documents little of this endpoint.',
			fields: [jobId],
		}),
		operation('POST /enrichment/enrich-email', {
			value: 'start',
			action: 'Start an email enrichment',
			description:
				'Let HeyReach look for the email of a lead, which may cost credits; Check gets the result. HeyReach documents little of this endpoint.',
			fields: [requestBody],
		}),
	],
};
