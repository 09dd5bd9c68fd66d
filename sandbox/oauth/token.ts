import { closed, dto, oneOf, requiredText, text } from '../ghl/validate';
import { unsupportedGrant } from './oauth';
import type { ClientPair, OAuth, TokenAnswer } from './oauth';

interface TokenRequest extends ClientPair {
	grant_type: 'authorization_code' | 'refresh_token' | 'client_credentials';
	code?: string;
	refresh_token?: string;
	user_type?: 'Company' | 'Location';
	redirect_uri?: string;
}

const checkBody = dto(
	'body',
	closed(
		{
			client_id: requiredText,
			client_secret: requiredText,
			grant_type: oneOf('authorization_code', 'refresh_token', 'client_credentials'),
			code: text,
			refresh_token: text,
			user_type: oneOf('Company', 'Location'),
			redirect_uri: text,
		},
		['client_id', 'client_secret', 'grant_type'],
	),
);

const GRANTS: Record<
	TokenRequest['grant_type'],
	(oauth: OAuth, request: TokenRequest) => TokenAnswer
> = {
	authorization_code: (oauth, { code = '', ...request }) => oauth.exchange({ ...request, code }),
	// `user_type` may be left out here: n8n cannot send it.
	refresh_token: (oauth, { refresh_token = '', ...request }) =>
		oauth.refresh({ ...request, refresh_token }),
	// In the list of grant types, but described nowhere.
	client_credentials: () => {
		throw unsupportedGrant();
	},
};

/**
 * Answers `POST /oauth/token`: form-encoded, the client pair in the body.
 *
 * @throws GhlError: 422 for a form that is not right, else in the OAuth form.
 */
export function tokenAnswer(oauth: OAuth, form: unknown): TokenAnswer {
	try {
		checkBody(form);
		const request = form as TokenRequest;
		return GRANTS[request.grant_type](oauth, request);
	} catch (error) {
		oauth.refusals += 1;
		throw error;
	}
}
