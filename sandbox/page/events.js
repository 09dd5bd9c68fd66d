import { call, el, isFresh, row, soft, table, time, unfolding } from './dom.js';

const result = (delivery) =>
	el(
		'span',
		{ class: delivery.delivered ? 'good' : 'bad' },
		delivery.delivered ? 'delivered' : 'not delivered',
	);
const answers = ({ attempts }) => attempts.map(({ status }) => status || 'no answer').join(', ');

/** What was typed stays when the list is drawn again. */
const form = { url: '', events: '', type: 'ContactUpdate', payload: '', said: '' };

function field(name, label, placeholder) {
	const input = el('input', {
		placeholder,
		'aria-label': label,
		oninput: () => (form[name] = input.value),
	});
	input.value = form[name];
	return el('label', { class: 'grow' }, label, input);
}

/** HighLevel's marketplace app: the address it tells, its key, events by hand and what came of them. */
export function highLevelEventsView({ state, ghl, refresh }) {
	const { subscriptions, publicKey, eventTypes } = ghl;
	const say = async (work) => {
		const answer = await work();
		form.said = answer.error ?? '';
		await refresh();
		return answer;
	};
	const subscribe = (event) => {
		event.preventDefault();
		const events = form.events.split(/[\s,]+/).filter(Boolean);
		const body = { url: form.url, ...(events.length > 0 ? { events } : {}) };
		return say(() => call('/control/highlevel/webhooks', body));
	};
	const send = (event) => {
		event.preventDefault();
		return say(async () => {
			const payload = form.payload === '' ? {} : JSON.parse(form.payload);
			const answer = await call('/control/highlevel/events', { type: form.type, payload });
			return answer.delivery === null ? { error: `Nobody listens to ${form.type}.` } : answer;
		}).catch(async ({ message }) => {
			form.said = `The payload is not JSON: ${message}`;
			await refresh();
		});
	};
	const types = el('select', {
		'aria-label': 'Event to send',
		onchange: () => (form.type = types.value),
	});
	types.append(...eventTypes.map((type) => el('option', {}, type)));
	types.value = form.type;
	const remove = (at) => () =>
		say(() => call(`/control/highlevel/webhooks/${at}`, undefined, 'DELETE'));
	const listens = subscriptions.map(({ url, events }, at) =>
		row([
			el('span', { class: 'mono wide' }, url),
			events?.join(', ') ?? 'all events',
			el('button', { onclick: remove(at) }, 'Remove'),
		]),
	);
	return el(
		'div',
		{},
		el('h2', {}, 'Webhooks of the marketplace apps'),
		table(
			['Webhook URL', 'Events', ''],
			listens,
			'No webhook URL yet, so events are not delivered. Copy one from a GHL Trigger.',
		),
		el(
			'form',
			{ class: 'bar', onsubmit: subscribe },
			field('url', 'Webhook URL', 'e.g. http://localhost:5678/webhook/…'),
			field('events', 'Events', 'all, or e.g. ContactUpdate, NoteCreate'),
			el('button', {}, 'Add'),
		),
		el(
			'form',
			{ class: 'bar', onsubmit: send },
			types,
			field('payload', 'Payload', 'optional JSON, e.g. {"id":"…"}'),
			el('button', {}, 'Send event'),
		),
		form.said ? el('div', { class: 'note bad', role: 'status' }, form.said) : '',
		soft(
			'Public key that verifies the signatures, for the GHL Trigger in place of HighLevel’s own:',
		),
		el('pre', {}, publicKey),
		el('h2', {}, 'Deliveries'),
		state.ghlDeliveries.length === 0
			? table([], [], 'None yet. Press a button at a contact in tab Contacts, or send an event.')
			: el(
					'div',
					{ class: 'card events' },
					...state.ghlDeliveries.toReversed().map((delivery) => deliveryLine(delivery, say)),
				),
	);
}

function deliveryLine(delivery, say) {
	const { id, type, webhookId, attempts, body, resentFrom } = delivery;
	const resend = (event) => {
		event.preventDefault();
		return say(() => call(`/control/highlevel/deliveries/${id}/resend`, {}));
	};
	return unfolding(
		[
			el('span', { class: 'soft' }, attempts[0] ? time(attempts[0].at).split(', ').at(-1) : ''),
			el('b', {}, type),
			result(delivery),
			el(
				'span',
				{ class: 'mono wide soft' },
				`${answers(delivery)}  ${webhookId}${resentFrom ? `  again #${resentFrom}` : ''}`,
			),
			el('button', { onclick: resend }, 'Resend'),
		],
		() => JSON.parse(body),
	);
}

export function heyReachEventsView({ state }) {
	const webhooks = state.webhooks.map((webhook) =>
		row([
			`#${webhook.id}`,
			webhook.webhookName,
			webhook.eventType,
			webhook.campaignIds.join(', ') || 'all',
			el('span', { class: 'mono wide' }, webhook.webhookUrl),
			webhook.isActive ? 'active' : 'inactive',
		]),
	);
	const deliveries = state.deliveries
		.toReversed()
		.map((delivery) =>
			row(
				[
					`#${delivery.webhookId}`,
					delivery.eventType,
					result(delivery),
					answers(delivery),
					el('span', { class: 'mono' }, delivery.correlationId),
					soft(time(delivery.attempts.at(-1)?.at ?? Date.now())),
				],
				isFresh(delivery.attempts.at(-1)?.at),
			),
		);
	return el(
		'div',
		{},
		el('h2', {}, 'HeyReach webhooks'),
		table(
			['', 'Name', 'Event', 'Campaigns', 'URL', ''],
			webhooks,
			'None registered. Publish a workflow with a HeyReach Trigger (n8n 1: activate it).',
		),
		el('h2', {}, 'Deliveries'),
		table(
			['Webhook', 'Event', 'Result', 'Answers', 'Correlation id', 'Last try'],
			deliveries,
			'None yet. Send an event from the Leads tab.',
		),
	);
}
