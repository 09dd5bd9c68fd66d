import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { SANDBOX } from '../../../sandbox';
import type { Client } from './client';

export const REDIRECT = 'http://localhost:5678/rest/oauth2-credential/callback';
/** Answers as they come, redirects and errors too. */
export const asIs = { maxRedirects: 0, validateStatus: () => true };

type Form = Record<string, string | string[]>;

/** A form as it goes out; a list is the same name several times. */
const encoded = (form: Form): URLSearchParams =>
	new URLSearchParams(
		Object.entries(form).flatMap(([name, value]) =>
			[value].flat().map((one): [string, string] => [name, one]),
		),
	);

/** The query of the consent page. */
export const ask = (more: Record<string, string> = {}): string =>
	new URLSearchParams({
		response_type: 'code',
		client_id: SANDBOX.oauthClientId,
		redirect_uri: REDIRECT,
		scope: 'contacts.readonly locations.readonly',
		state: 'st+te=',
		...more,
	}).toString();

/** The steps of a sign-in, and the calls of an agency's app. */
export interface SignIn {
	consent(query?: string, path?: string): Promise<AxiosResponse>;
	decide(form: Form, query?: string): Promise<AxiosResponse>;
	/** The code for a form that says yes. */
	codeOf(form: Form, query?: string): Promise<string>;
	token(form: Form): Promise<AxiosResponse>;
	exchange(code: string, more?: Form): Promise<AxiosResponse>;
	refresh(refreshToken: string, more?: Form): Promise<AxiosResponse>;
	/** `POST /oauth/locationToken`. */
	mint(access: string, form: Form): Promise<AxiosResponse>;
}

export function signIn(client: Client): SignIn {
	const token: SignIn['token'] = (form) =>
		axios.post(
			`${client.sandbox.ghlUrl}/oauth/token`,
			encoded({
				client_id: SANDBOX.oauthClientId,
				client_secret: SANDBOX.oauthClientSecret,
				...form,
			}),
			asIs,
		);
	const decide: SignIn['decide'] = (form, query = ask()) =>
		axios.post(
			`${client.sandbox.marketplaceUrl}/v2/oauth/chooselocation?${query}`,
			encoded(form),
			asIs,
		);
	return {
		consent: (query = ask(), path = '/v2/oauth/chooselocation') =>
			axios.get(`${client.sandbox.marketplaceUrl}${path}?${query}`, asIs),
		decide,
		codeOf: async (form, query) => {
			const { headers } = await decide({ decision: 'allow', ...form }, query);
			return new URL(headers.location).searchParams.get('code') ?? '';
		},
		token,
		exchange: (code, more = {}) =>
			token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more }),
		refresh: (refreshToken, more = {}) =>
			token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...more }),
		mint: (access, form) =>
			axios.post(`${client.sandbox.ghlUrl}/oauth/locationToken`, encoded(form), {
				...asIs,
				headers: { Authorization: `Bearer ${access}`, Version: '2021-07-28' },
			}),
	};
}
