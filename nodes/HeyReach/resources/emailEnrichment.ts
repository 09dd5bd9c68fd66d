import { field, required } from '../../engine/describe/fields';
import type { Resource } from '../../engine/operation';
import { requestBody } from '../fields/requestBody';

const PATH = '/enrichment/enrich-email';

export const emailEnrichment: Resource = {
	value: 'emailEnrichment',
	name: 'Email Enrichment',
	operations: [
		{
			value: 'check',
			name: 'Check',
			action: 'Check an email enrichment',
			description:
				'Get how far an enrichment is, and its result. HeyReach documents little of this endpoint.',
			request: { method: 'GET', path: `${PATH}/check-job/{jobId}` },
			writes: false,
			fields: [
				required(
					field(
						{
							displayName: 'Job ID',
							name: 'jobId',
							type: 'string',
							default: '',
							description: 'What Start put out',
						},
						{ in: 'path', key: 'jobId' },
					),
				),
			],
		},
		{
			value: 'start',
			name: 'Start',
			action: 'Start an email enrichment',
			description:
				'Let HeyReach look for the email of a lead, which may cost credits; Check gets the result. HeyReach documents little of this endpoint.',
			request: { method: 'POST', path: PATH },
			writes: true,
			fields: [requestBody],
		},
	],
};
