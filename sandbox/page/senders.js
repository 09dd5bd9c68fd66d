import { call, el, row, soft, table } from './dom.js';

/** HeyReach's LinkedIn accounts, and what happens to them on LinkedIn's side. */
export function sendersView({ state, refresh }) {
	const act = (id, action) => async () => {
		await call(`/control/heyreach/senders/${id}/${action}`, { workspaceId: state.workspace });
		await refresh();
	};
	const button = (id, action, text) => el('button', { onclick: act(id, action) }, text);
	const rows = state.senders.map(({ id, firstName, lastName, emailAddress, authIsValid }) =>
		row([
			el('div', {}, `${firstName} ${lastName}`, soft(emailAddress)),
			el('div', { class: 'mono' }, String(id)),
			authIsValid
				? el('span', { class: 'good' }, 'connected')
				: el('span', { class: 'bad' }, 'disconnected'),
			el(
				'div',
				{ class: 'bar' },
				authIsValid ? button(id, 'disconnect', 'Disconnect') : button(id, 'reconnect', 'Reconnect'),
				button(id, 'remove', 'Remove'),
			),
		]),
	);
	return table(['Sender', 'ID', 'LinkedIn', ''], rows, 'There is no sender.');
}
