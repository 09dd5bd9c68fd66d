import { call, chips, el, row, soft, table, time, unfolding } from './dom.js';

const ROWS = 100;
const KEPT_REQUESTS = 300;

export function tokensView({ oauth, refresh }) {
	const { tokens, exchanges, refreshes, refusals, app } = oauth;
	const rows = tokens
		.toReversed()
		.slice(0, ROWS)
		.map(({ accessToken, level, locationId, scopes, expired, expiresAt, refreshToken }) =>
			row([
				el('span', { class: 'mono' }, accessToken),
				el('div', {}, level, soft(locationId ?? 'agency')),
				chips(scopes),
				el(
					'span',
					{ class: expired ? 'bad' : 'good' },
					`${expired ? 'expired' : 'until'} ${time(expiresAt)}`,
				),
				refreshToken ? el('div', {}, refreshToken.state, soft(refreshToken.token)) : soft('none'),
			]),
		);
	const act = (what) => async () => {
		await call(`/control/oauth/${what}`, {});
		await refresh();
	};
	return el(
		'div',
		{},
		el(
			'div',
			{ class: 'bar' },
			el('button', { onclick: act('expire') }, 'Expire all access tokens'),
			el('button', { onclick: act('expire?level=Company') }, 'Only those of the agency'),
			el('button', { onclick: act('expire?level=Location') }, 'Only those of locations'),
			el('button', { onclick: act('revoke') }, 'Revoke all refresh tokens'),
			soft(
				`client ${app.clientId}: ${exchanges} codes exchanged, ${refreshes} refreshes, ${refusals} refused, ${oauth.mints.calls.length} location tokens minted (at most ${oauth.mints.mostAtOnce} at once)`,
			),
		),
		table(
			['Access token', 'Class', 'Scopes', 'Valid', 'Refresh token'],
			rows,
			'None issued. Connect a HighLevel (GHL) OAuth2 credential.',
		),
	);
}

/** It is kept and added to: an unfolded request stays unfolded. */
const list = el('div', { class: 'card' });
const placeholder = el('p', { class: 'soft' }, 'No request yet.');
list.append(placeholder);

export function addRequests(requests) {
	for (const request of requests) list.prepend(requestLine(request));
	if (requests.length > 0) placeholder.remove();
	while (list.childElementCount > KEPT_REQUESTS) list.lastChild.remove();
}

function requestLine(request) {
	const { at, service, method, path, status, ms, fault } = request;
	const tone = status === 0 || status >= 400 || fault ? 'bad' : 'good';
	const { query, headers, body, response } = request;
	return unfolding(
		[
			el('span', { class: 'soft' }, new Date(at).toLocaleTimeString([], { hour12: false })),
			el('span', {}, service),
			el('b', {}, method),
			el('span', { class: 'mono wide' }, path),
			el('span', { class: tone }, `${status || 'none'}${fault ? ` ${fault}` : ''}`),
			el('span', { class: 'soft' }, `${ms} ms`),
		],
		() => ({ query, headers, body, response }),
	);
}

export function requestsView({ counters }) {
	const line = Object.entries(counters)
		.map(
			([service, { calls, refused, mostInWindow }]) =>
				`${service}: ${calls} calls, ${refused} refused by the rate limit, at most ${mostInWindow} in a window`,
		)
		.join(' · ');
	return el('div', {}, el('div', { class: 'bar soft' }, line), list);
}
