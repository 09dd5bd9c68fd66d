import type { ICredentialTestRequest } from 'n8n-workflow';

type Rules = NonNullable<ICredentialTestRequest['rules']>;
type Rule = Extract<Rules[number], { type: 'responseCode' }>;

/** What n8n's test of a credential says where HighLevel answers with this status. */
export const refusal = (value: number, message: string): Rule => ({
	type: 'responseCode',
	properties: { value, message },
});
