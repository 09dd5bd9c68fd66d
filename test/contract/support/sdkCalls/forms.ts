import type { SdkCall } from './sdkCall';

/** Forms and surveys. */
export const formsCalls: Record<string, SdkCall> = {
	'form:getMany': async ({ forms }, { query }) => await forms.getForms(query as never),
	'form:getSubmissions': async ({ forms }, { query }) =>
		await forms.getFormsSubmissions(query as never),
	'survey:getMany': async ({ surveys }, { query }) => await surveys.getSurveys(query as never),
	'survey:getSubmissions': async ({ surveys }, { query }) =>
		await surveys.getSurveysSubmissions(query as never),
};
