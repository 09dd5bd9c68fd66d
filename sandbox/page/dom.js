/** An element with text or children; text is never read as HTML. */
export function el(name, attributes = {}, ...children) {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
		else element.setAttribute(key, value);
	}
	element.append(...children.map((child) => child ?? ''));
	return element;
}

export const byId = (id) => document.getElementById(id);
/** `addedAt`: ISO times by text, of those that may be new. */
export const chips = (texts, addedAt = {}) =>
	el(
		'div',
		{},
		...texts.map((text) =>
			isNewTag(addedAt[text])
				? el('span', { class: 'chip new', title: 'Just added' }, text)
				: el('span', { class: 'chip' }, text),
		),
	);
export const time = (iso) =>
	new Date(iso).toLocaleString([], { dateStyle: 'short', timeStyle: 'medium' });
const FRESH_MS = 60000;
export const isFresh = (iso) => Math.abs(Date.now() - Date.parse(iso)) < FRESH_MS;
/** A tag stays marked for longer: whoever follows the first steps reads between them. */
const NEW_TAG_MS = 600000;
export const isNewTag = (iso) => Date.now() - Date.parse(iso) < NEW_TAG_MS;
export const card = (...children) => el('div', { class: 'card' }, ...children);
export const soft = (...children) => el('div', { class: 'soft' }, ...children);

export function table(heads, rows, empty) {
	if (rows.length === 0) return card(el('p', { class: 'soft' }, empty));
	const head = el('tr', {}, ...heads.map((text) => el('th', {}, text)));
	return card(el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)));
}
export const row = (cells, fresh = false) =>
	el('tr', fresh ? { class: 'fresh' } : {}, ...cells.map((cell) => el('td', {}, cell)));

/** Asks the control API: with a body POST, unless another method is named. */
export async function call(path, body, method = body === undefined ? 'GET' : 'POST') {
	const init =
		body === undefined
			? { method }
			: { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	return (await fetch(path, init)).json();
}

/** A line that unfolds to show what `content` gives. */
export function unfolding(cells, content) {
	const details = el('details', {}, el('summary', {}, ...cells));
	details.addEventListener('toggle', () => {
		if (details.childElementCount === 1) {
			details.append(el('pre', {}, JSON.stringify(content(), null, 2)));
		}
	});
	return details;
}
