import { conversationsView } from './conversations.js';
import { byId, call, el, isFresh } from './dom.js';
import { heyReachEventsView, highLevelEventsView } from './events.js';
import { contactsView, leadsView } from './people.js';
import { addRequests, requestsView, tokensView } from './traffic.js';

const VIEWS = {
	Contacts: contactsView,
	Leads: leadsView,
	Conversations: conversationsView,
	'HighLevel events': highLevelEventsView,
	'HeyReach events': heyReachEventsView,
	Tokens: tokensView,
	Requests: requestsView,
};
const TABS = Object.keys(VIEWS);
const SEARCHABLE = ['Contacts', 'Leads', 'Conversations'];
const ROWS = 100;

const asked = decodeURIComponent(location.hash.slice(1));
let tab = TABS.includes(asked) ? asked : 'Contacts';
/** What the views draw, from the last poll. */
let shown;
let drawn = '';
let lastSeq = 0;

async function sendEvent(lead) {
	const eventType = byId('type').value;
	const answer = await call('/control/heyreach/events', {
		eventType,
		leadId: lead.linkedin_id,
		...(byId('message').value ? { message: byId('message').value } : {}),
		...(byId('outside').checked ? { campaignId: null } : {}),
	});
	const results = (answer.deliveries ?? []).map(
		({ webhookId, attempts, delivered }) =>
			`webhook #${webhookId} ${delivered ? 'delivered' : 'not delivered'} (${attempts.at(-1).status || 'no answer'})`,
	);
	const text = answer.error ?? (results.join(', ') || 'no active webhook wants this event');
	const good = answer.deliveries?.length > 0 && answer.deliveries.every((one) => one.delivered);
	byId('result').replaceChildren(
		el('b', { class: good ? 'good' : 'bad' }, good ? 'Sent. ' : 'Not delivered. '),
		`${eventType} for ${lead.firstName} ${lead.lastName}: ${text}`,
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
	byId('tools').hidden = !SEARCHABLE.includes(tab);
	byId('events').hidden = tab !== 'Leads';
	byId('view').replaceChildren(VIEWS[tab]({ ...shown, sendEvent, refresh: poll }));
}

function open(name) {
	tab = name;
	location.hash = name;
	draw();
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
		const q = encodeURIComponent(byId('search').value);
		const [state, oauth, ghl, counters, { requests }] = await Promise.all([
			call(`/control/state?limit=${ROWS}&q=${q}`),
			call('/control/oauth'),
			call('/control/highlevel/webhooks'),
			call('/control/counters'),
			call(`/control/requests?since=${lastSeq}`),
		]);
		addRequests(requests);
		lastSeq = requests.at(-1)?.seq ?? lastSeq;
		shown = { state, oauth, ghl, counters };
		if (byId('type').childElementCount === 0) offerEvents(state);
		const { contacts, leads } = state.totals;
		byId('status').textContent =
			`${contacts} contacts, ${leads} leads` +
			(SEARCHABLE.includes(tab) ? `; at most ${ROWS} shown` : '');
		byId('status').className = 'status';
		const freshness = state.contacts.filter((contact) => isFresh(contact.dateUpdated)).length;
		const drawing = JSON.stringify([shown, freshness]);
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

/** What whoever started the sandbox wants people to try first. */
async function showTour() {
	const { steps } = await call('/control/tour');
	byId('tour').hidden = steps.length === 0;
	byId('tour')
		.querySelector('ol')
		.replaceChildren(
			...steps.map(({ text, url }) =>
				el('li', {}, text, ...(url ? [' ', el('a', { href: url, target: 'n8n' }, url)] : [])),
			),
		);
}

showTour().catch(() => undefined);
byId('search').addEventListener('input', poll);
for (;;) {
	if (!document.hidden) await poll();
	await new Promise((resolve) => setTimeout(resolve, 1000));
}
