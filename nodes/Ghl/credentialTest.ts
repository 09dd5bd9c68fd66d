import type { ICredentialTestRequest } from 'n8n-workflow';

type Rules = NonNullable<ICredentialTestRequest['rules']>;
type Rule = Extract<Rules[number], { type: 'responseSuccessBody' }>;

/**
 * n8n's test of a credential, of which the body of the answer decides. n8n 1 passes over the rules for an
 * answer with an error status, so every status counts as an answer.
 */
export const readByBody = { ignoreHttpStatusErrors: true } as const;

/** What the test says where `key` of the body has this value; `undefined`: where it is missing. */
const where = (key: string, value: string | number | undefined, message: string): Rule => ({
	type: 'responseSuccessBody',
	properties: { key, value, message },
});

export const saying = (text: string, message: string): Rule => where('message', text, message);
export const refusal = (status: number, message: string): Rule =>
	where('statusCode', status, message);
export const lacking = (key: string, message: string): Rule => where(key, undefined, message);

/** Nothing is known about the credential then. */
export const outOfOrder: Rule[] = [408, 425, 429, 500, 502, 503, 504].map((status) =>
	refusal(status, `HighLevel is busy or not available at the moment (${status}). Try again later.`),
);

/** HighLevel's own texts, as docs/apis/highlevel.md has them. */
export const OTHER_KIND_OF_TOKEN =
	'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.';
export const AGENCY_INTEGRATION = "Token's user type mismatch!";
export const MISSING_SCOPE = 'The token is not authorized for this scope.';

export const NO_HIGHLEVEL =
	'The server at the API Base URL is not HighLevel. Check the API Base URL.';

/** A page of a proxy, an empty answer, or one of another service: its status does not come with it. */
export const UNREADABLE =
	'The answer is none of HighLevel’s. HighLevel is perhaps not available: try again in some minutes. If it stays so, check the API Base URL and what stands between n8n and the internet.';
