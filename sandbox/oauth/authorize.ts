import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { SANDBOX } from '../accounts';
import type { Location } from '../ghl/records';
import type { Settings } from '../settings';
import type { SandboxState } from '../state';
import { APP } from './app';
import { AGENCY, consentPage, errorPage } from './consentPage';
import type { Grant } from './grant';
import type { OAuth } from './oauth';

/** Both spellings of the address are in use. */
const PATHS = ['/oauth/chooselocation', '/v2/oauth/chooselocation'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

type Values = Record<string, string | undefined>;

/** The form of the consent page; a box that is ticked once comes as a text, else as a list. */
interface ConsentForm {
	user?: string;
	location_id?: string | string[];
	future?: string;
	decision?: string;
}

/** What an app asks for, once every part of it was found right. */
interface Request {
	scopes: string[];
	redirectUri: URL;
	state?: string;
}

/** A request that no redirect can answer: the person sees the reason. */
class PageError extends Error {}

/**
 * The pages where somebody lets the app in, at `[/v2]/oauth/chooselocation` with
 * `response_type=code`, `client_id`, `redirect_uri`, `scope` and optionally `state`, `version_id`
 * and `loginWindowOpenMode`.
 *
 * GET shows the consent page. POST is its form, which a test may send as well: the same query, and
 * form-encoded
 * - `decision`: `allow` or `cancel`;
 * - `user`: who signs in, `subaccount` (the default) or `agency`;
 * - `location_id`: of a sub-account's user, its location; of an agency's user, each location that is
 *   ticked. `agency` alone stands for an agency's user who ticks all of them;
 * - `future`: `yes` where an agency's user lets the app into locations that are made later too.
 *
 * It redirects to `redirect_uri` with `code` and `state`, or with `error=access_denied` and `state`.
 */
export async function authorizePages(
	app: FastifyInstance,
	{ state, settings, oauth }: { state: SandboxState; settings: Settings; oauth: OAuth },
): Promise<void> {
	await app.register(formbody);
	app.setErrorHandler((error, _request, reply) => {
		const { message, statusCode = 500 } = error as Error & { statusCode?: number };
		return html(reply, error instanceof PageError ? 400 : statusCode, errorPage(message));
	});
	for (const path of PATHS) {
		app.get<{ Querystring: Values }>(path, ({ query }, reply) => {
			const { scopes, redirectUri } = checked(query, settings);
			return html(reply, 200, consentPage(scopes, locationsToChoose(state), redirectUri));
		});
		app.post<{ Querystring: Values; Body: ConsentForm | undefined }>(
			path,
			({ query, body = {} }, reply) => {
				const request = checked(query, settings);
				const { scopes, redirectUri } = request;
				const answer: Values =
					body.decision === 'allow'
						? { code: oauth.authorize(grantFor(state, body, scopes), redirectUri.href) }
						: { error: 'access_denied' };
				for (const [name, value] of Object.entries({ ...answer, state: request.state })) {
					if (value !== undefined) redirectUri.searchParams.set(name, value);
				}
				return reply.redirect(redirectUri.href, 302);
			},
		);
	}
}

const html = (reply: FastifyReply, status: number, page: string): FastifyReply =>
	reply.code(status).type('text/html; charset=utf-8').send(page);

function checked(query: Values, { requireVersionId }: Settings): Request {
	const { client_id: clientId, version_id: versionId } = query;
	if (clientId !== APP.clientId) {
		throw new PageError(`No integration found with the ID: ${(clientId ?? '').split('-')[0]}`);
	}
	if (!versionId && requireVersionId) throw new PageError('error.noversionid');
	if (versionId && versionId !== APP.versionId) {
		throw new PageError(`No version ${versionId} of this integration was found`);
	}
	if (query.response_type !== 'code') throw new PageError('response_type must be code');
	const scopes = (query.scope ?? '').split(' ').filter((scope) => scope !== '');
	if (scopes.length === 0) throw new PageError('No scope was asked for');
	const unknown = scopes.filter((scope) => !APP.scopes.includes(scope));
	if (unknown.length > 0) {
		throw new PageError(`The app does not have these scopes: ${unknown.join(', ')}`);
	}
	return { scopes, redirectUri: redirectAddress(query.redirect_uri), state: query.state };
}

/** HTTPS, as the real service wants it, or this machine, which it refuses. */
function redirectAddress(given = ''): URL {
	const url = URL.canParse(given) ? new URL(given) : undefined;
	const good =
		url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
	if (url === undefined || !good) {
		throw new PageError('redirect_uri must be an HTTPS address, or one of this machine');
	}
	return url;
}

const locationsToChoose = ({ locations }: SandboxState): Location[] =>
	[...locations.values()].filter(({ companyId }) => companyId === SANDBOX.companyId);

/** An agency's user gives an agency grant, whatever is ticked. */
function grantFor(state: SandboxState, form: ConsentForm, scopes: string[]): Grant {
	const { user = 'subaccount', location_id: chosen = [], future } = form;
	const ids = [chosen].flat();
	const installToFutureLocations = future === 'yes';
	if (ids.length === 1 && ids[0] === AGENCY) {
		return { level: 'Company', scopes, installToFutureLocations };
	}
	const known = locationsToChoose(state).map(({ id }) => id);
	if (ids.length === 0 || ids.some((id) => !known.includes(id))) {
		throw new PageError('Choose a location, or the agency');
	}
	if (user === 'agency') {
		return { level: 'Company', scopes, ticked: [...new Set(ids)], installToFutureLocations };
	}
	if (user !== 'subaccount') throw new PageError('user must be agency or subaccount');
	if (ids.length > 1) throw new PageError('A user of a sub-account chooses one location');
	return { level: 'Location', locationId: ids[0], scopes };
}
