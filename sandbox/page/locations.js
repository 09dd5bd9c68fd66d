import { call, el, row, soft, table, time } from './dom.js';

const stateOf = ({ isPaused, hasApi }) => {
	if (isPaused) return el('span', { class: 'bad' }, 'paused');
	return hasApi ? el('span', { class: 'good' }, 'active') : el('span', { class: 'bad' }, 'no API');
};

/** HighLevel's locations, and what their agency does with them. */
export function locationsView({ locations, oauth, refresh }) {
	const act = (id, action) => async () => {
		await call(`/control/highlevel/locations/${encodeURIComponent(id)}/${action}`, {});
		await refresh();
	};
	const button = (id, action, text) => el('button', { onclick: act(id, action) }, text);
	const mints = {};
	for (const { locationId } of oauth.mints.calls) {
		mints[locationId] = (mints[locationId] ?? 0) + 1;
	}
	const rows = locations.map((location) => {
		const { id, name, city, companyId, isPaused, installedAt, contacts } = location;
		return row([
			el('div', {}, name, soft(city)),
			el('div', { class: 'mono' }, id, soft(companyId)),
			String(contacts),
			stateOf(location),
			installedAt === null ? soft('not installed') : soft(`since ${time(installedAt)}`),
			String(mints[id] ?? 0),
			el(
				'div',
				{ class: 'bar' },
				isPaused ? button(id, 'resume', 'Resume') : button(id, 'pause', 'Pause'),
				installedAt === null
					? button(id, 'install', 'Install the app')
					: button(id, 'uninstall', 'Uninstall the app'),
			),
		]);
	});
	return table(
		['Location', 'Location ID', 'Contacts', 'State', 'App', 'Tokens minted', ''],
		rows,
		'There is no location.',
	);
}
