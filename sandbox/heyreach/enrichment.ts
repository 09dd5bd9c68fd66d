import { randomUUID } from 'node:crypto';
import { notFound } from './errors';
import { leadOf } from './leads';
import { route } from './route';
import type { Route } from './route';
import { fields, text } from './validate';

const TAKES_MS = 1000;

/**
 * The two paths and that it is a job to be asked about later rest on one source (HeyReach's API
 * description, by its table of contents); no source has their bodies, which are our reading.
 */
export const enrichment: Route[] = [
	route<{ profileUrl: string }>({
		method: 'POST',
		path: '/enrichment/enrich-email',
		body: fields({ profileUrl: text }, ['profileUrl']),
		handle: ({ state, body }) => {
			const { linkedinId } = leadOf(state, body);
			const job = { id: randomUUID(), linkedinId, doneAt: Date.now() + TAKES_MS };
			state.enrichmentJobs.set(job.id, job);
			return { jobId: job.id };
		},
	}),
	route<unknown, { jobId: string }>({
		method: 'GET',
		path: '/enrichment/enrich-email/check-job/:jobId',
		query: fields({ jobId: text }, ['jobId']),
		handle: ({ state, query: { jobId } }) => {
			const job = state.enrichmentJobs.get(jobId);
			if (job === undefined) throw notFound('Job', jobId);
			if (Date.now() < job.doneAt) return { jobId, status: 'InProgress', email: null };
			const lead = state.leads.get(job.linkedinId);
			if (lead !== undefined) {
				const handle = `${lead.firstName}.${lead.lastName}`.toLowerCase();
				lead.enrichedEmailAddress ??= lead.emailAddress ?? `${handle}@example.com`;
			}
			return { jobId, status: 'Finished', email: lead?.enrichedEmailAddress ?? null };
		},
	}),
];
