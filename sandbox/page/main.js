import { conversationsView } from './conversations.js';
import { byId, call, el, isFresh, isNewTag } from './dom.js';
import { heyReachEventsView, highLevelEventsView } from './events.js';
import { locationsView } from './locations.js';
import { contactsView, leadsView } from './people.js';
import { sendersView } from './senders.js';
import { addRequests, requestsView, tokensView } from './traffic.js';

const VIEWS = {
	Contacts: contactsView,
	Leads: leadsView,
	Conversations: conversationsView,
	'HighLevel events': highLevelEventsView,
	'HeyReach events': heyReachEventsView,
	Senders: sendersView,
	Locations: locationsView,
	Tokens: tokensView,
	Requests: requestsView,
};
const TABS = Object.keys(VIEWS);
const SEARCHABLE = ['Contacts', 'Leads', 'Conversations'];
const OF_A_WORKSPACE = ['Leads', 'Conversations', 'HeyReach events', 'Senders'];
const ROWS = 100;
/** What a tab says until one of its buttons was pressed. */
const HINTS = {
	Contacts: 'Press a button at a contact. HighLevel’s webhooks then tell the workflows about it.',
	Leads: 'Choose an event, then press “Send event” at a lead.',
};

/** The HighLevel location and the HeyReach workspace to show, as the address or the lists say; '' for all, or the usual one. */
const chosen = { location: '', workspace: '' };
let tab = TABS[0];
/** What the page shows until somebody chooses others. */
let shownFirst = {};
/** What the views draw, from the last poll. */
let shown;
let drawn = '';
let lastSeq = 0;

/** Says what the last press of a button did; what was said before is gone. */
function say(...parts) {
	byId('said').replaceChildren(...parts);
}

const hint = () => say(HINTS[tab] ?? '');

/**
 * A client's location and workspace have the same name: who acts in one of them sees the other too,
 * unless all are shown. Gives what to say about it.
 */
function showClient(kind, actedIn) {
	const { locations, workspaces } = shown.state;
	const [others, own] = kind === 'location' ? [locations, workspaces] : [workspaces, locations];
	const name = own.find(({ id }) => id === actedIn)?.name;
	const found = others.find((one) => one.name === name);
	const now = byId(kind).value;
	if (found === undefined || now === '' || now === String(found.id)) return '';
	chosen[kind] = String(found.id);
	tellAddress();
	return ` Tab ${kind === 'location' ? 'Contacts' : 'Leads'} now shows ${name}.`;
}

async function sendEvent(lead) {
	const eventType = byId('type').value;
	const { workspace } = shown.state;
	const who = `${eventType} for ${lead.firstName} ${lead.lastName}`;
	say(`Sending ${who} …`);
	const answer = await call('/control/heyreach/events', {
		eventType,
		leadId: lead.linkedin_id,
		workspaceId: workspace,
		...(byId('message').value ? { message: byId('message').value } : {}),
		...(byId('outside').checked ? { campaignId: null } : {}),
	});
	const results = (answer.deliveries ?? []).map(
		({ webhookId, attempts, delivered }) =>
			`webhook #${webhookId} ${delivered ? 'delivered' : 'not delivered'} (${attempts.at(-1).status || 'no answer'})`,
	);
	const text = answer.error ?? (results.join(', ') || 'no active webhook wants this event');
	const good = answer.deliveries?.length > 0 && answer.deliveries.every((one) => one.delivered);
	say(
		el('b', { class: good ? 'good' : 'bad' }, good ? 'Sent. ' : 'Not delivered. '),
		`${who}: ${text}.${showClient('location', workspace)}`,
	);
	await poll();
}

async function act(contact, { act: name, label, input }) {
	const text = input ? byId(input).value : '';
	const who = `${label}, ${contact.firstName} ${contact.lastName}`;
	say(`${who} …`);
	const path = `/control/highlevel/contacts/${encodeURIComponent(contact.id)}/${name}`;
	const { error } = await call(path, text === '' ? {} : { text });
	say(
		el('b', { class: error ? 'bad' : 'good' }, error ? 'Not done. ' : 'Done. '),
		who +
			(error ? `: ${error}` : '. Tab HighLevel events shows where it was delivered.') +
			showClient('workspace', contact.locationId),
	);
	await poll();
}

function draw() {
	byId('tabs').replaceChildren(
		...TABS.map((name) =>
			el(
				'button',
				{ role: 'tab', 'aria-selected': String(name === tab), onclick: () => open(name) },
				name,
			),
		),
	);
	const { locations, workspaces } = shown.state;
	byId('tools').hidden = !SEARCHABLE.includes(tab) && !OF_A_WORKSPACE.includes(tab);
	byId('search').hidden = !SEARCHABLE.includes(tab);
	byId('locations').hidden = tab !== 'Contacts' || locations.length < 2;
	byId('workspaces').hidden = !OF_A_WORKSPACE.includes(tab) || workspaces.length < 2;
	offer('location', [{ id: '', name: 'all' }, ...locations]);
	offer('workspace', workspaces, shown.state.workspace);
	byId('events').hidden = tab !== 'Leads';
	byId('acts').hidden = tab !== 'Contacts';
	byId('said').hidden = !(tab in HINTS);
	byId('view').replaceChildren(VIEWS[tab]({ ...shown, sendEvent, act, showClient, refresh: poll }));
}

/** Fills a list to choose from, unless it stands there already. */
function offer(name, rows, value = '') {
	const list = byId(name);
	const options = rows.map((row) => new Option(row.name, row.id));
	const isSame =
		list.options.length === options.length &&
		options.every((option, at) => option.text === list.options[at].text);
	if (!isSame) list.replaceChildren(...options);
	list.value = chosen[name] || value;
}

function open(name) {
	tab = name;
	hint();
	tellAddress();
	draw();
}

/** The address says what is shown, so that a reload and the button Back find it. */
function tellAddress() {
	const query = new URLSearchParams(
		Object.entries(chosen).filter(([name, value]) => value !== String(shownFirst[name] ?? '')),
	);
	history.pushState(null, '', `${location.pathname}?${query}#${encodeURIComponent(tab)}`);
}

/** Shows what the address says. */
function follow() {
	const { hash, searchParams } = new URL(location.href);
	const asked = decodeURIComponent(hash.slice(1));
	tab = TABS.includes(asked) ? asked : TABS[0];
	hint();
	for (const name of Object.keys(chosen))
		chosen[name] = searchParams.get(name) ?? String(shownFirst[name] ?? '');
}

/** A link to a tab of this page opens it here, any other in a window of its own. */
function link(url) {
	if (new URL(url).origin !== location.origin) return el('a', { href: url, target: 'n8n' }, url);
	const go = (event) => {
		event.preventDefault();
		history.pushState(null, '', url);
		follow();
		poll();
	};
	return el('a', { href: url, onclick: go }, url);
}

/** One poll at a time, so that no request is listed twice. */
let polling = Promise.resolve();
function poll() {
	polling = polling.then(pollOnce);
	return polling;
}

/** Somebody is typing into the view: it waits until they are done. */
const isTyping = () =>
	['INPUT', 'SELECT'].includes(document.activeElement?.tagName) &&
	byId('view').contains(document.activeElement);

async function pollOnce() {
	try {
		const asking = { limit: ROWS, q: byId('search').value, ...chosen };
		const given = Object.entries(asking).filter(([, value]) => value !== '');
		const [state, oauth, ghl, counters, { locations }, { requests }] = await Promise.all([
			call(`/control/state?${new URLSearchParams(given)}`),
			call('/control/oauth'),
			call('/control/highlevel/webhooks'),
			call('/control/counters'),
			call('/control/highlevel/locations'),
			call(`/control/requests?since=${lastSeq}`),
		]);
		addRequests(requests);
		lastSeq = requests.at(-1)?.seq ?? lastSeq;
		shown = { state, oauth, ghl, counters, locations };
		if (byId('type').childElementCount === 0) offerEvents(state);
		const { contacts, leads } = state.totals;
		byId('status').textContent =
			`${contacts} contacts, ${leads} leads` +
			(SEARCHABLE.includes(tab) && Math.max(contacts, leads) > ROWS ? `; ${ROWS} shown` : '');
		byId('status').className = 'status';
		const newTags = state.contacts.flatMap((contact) =>
			Object.values(contact.tagsAddedAt).filter(isNewTag),
		);
		const freshness = state.contacts.filter((contact) => isFresh(contact.dateUpdated)).length;
		const drawing = JSON.stringify([shown, freshness, newTags, tab]);
		if (drawing !== drawn && !isTyping()) {
			draw();
			drawn = drawing;
		}
	} catch {
		// A sandbox that was started again counts its requests from 1.
		lastSeq = 0;
		byId('status').textContent = 'The sandbox does not answer.';
		byId('status').className = 'status lost';
	}
}

/** First the event that somebody listens to, so that the first click does something. */
function offerEvents({ eventTypes, webhooks }) {
	byId('type').append(...eventTypes.map((type) => el('option', {}, type)));
	const wanted = webhooks.filter(({ isActive }) => isActive);
	const reply = wanted.find(({ eventType }) => eventType.includes('REPLY'));
	byId('type').value = (reply ?? wanted[0])?.eventType ?? 'EVERY_MESSAGE_REPLY_RECEIVED';
}

/** What whoever started the sandbox wants people to see and try first. */
async function showTour() {
	const tour = await call('/control/tour');
	const { steps } = tour;
	({ shownFirst } = tour);
	byId('tour').hidden = steps.length === 0;
	byId('tour')
		.querySelector('ol')
		.replaceChildren(
			...steps.map(({ text, url }) => el('li', {}, text, ...(url ? [' ', link(url)] : []))),
		);
}

await showTour().catch(() => undefined);
follow();
for (const change of ['popstate', 'hashchange']) {
	addEventListener(change, () => {
		follow();
		poll();
	});
}
byId('search').addEventListener('input', poll);
for (const name of Object.keys(chosen)) {
	byId(name).addEventListener('change', () => {
		chosen[name] = byId(name).value;
		hint();
		tellAddress();
		poll();
	});
}
for (;;) {
	if (!document.hidden) await poll();
	await new Promise((resolve) => setTimeout(resolve, 1000));
}
