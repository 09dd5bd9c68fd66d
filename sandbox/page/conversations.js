import { call, card, chips, el, row, soft, table, time } from './dom.js';

const SHOWN = 4;

/** Texts that were begun, by conversation: drawing the list again must not lose them. */
const drafts = new Map();

/** HeyReach's inbox. A reply is an event, as if the lead had written it. */
export function conversationsView({ state, showClient, refresh }) {
	const rows = state.chatrooms.map((chatroom) => {
		const { id, lead, sender, campaign, seen, isInMail, messages, totalMessages } = chatroom;
		const input = el('input', {
			placeholder: `Reply as ${lead.firstName}`,
			'aria-label': `Reply as ${lead.firstName}`,
			oninput: () => drafts.set(id, input.value),
		});
		input.value = drafts.get(id) ?? '';
		const reply = async (event) => {
			event.preventDefault();
			if (input.value.trim() === '') return;
			await call('/control/heyreach/events', {
				eventType: 'EVERY_MESSAGE_REPLY_RECEIVED',
				leadId: lead.linkedinId,
				campaignId: campaign?.id ?? null,
				workspaceId: state.workspace,
				message: input.value,
			});
			showClient('location', state.workspace);
			drafts.delete(id);
			input.value = '';
			document.activeElement?.blur();
			await refresh();
		};
		return row(
			[
				el(
					'div',
					{},
					`${lead.firstName} ${lead.lastName}`,
					soft(lead.companyName),
					chips(lead.autoTags.map(({ name }) => name)),
				),
				el('div', {}, sender, soft(campaign?.name ?? 'outside any campaign')),
				el(
					'div',
					{ class: 'talk' },
					totalMessages > SHOWN ? soft(`${totalMessages - SHOWN} earlier`) : '',
					...messages
						.slice(-SHOWN)
						.map(({ body, sender: from }) =>
							el('div', { class: from === 'ME' ? 'said me' : 'said' }, body),
						),
					el('form', { class: 'reply', onsubmit: reply }, input, el('button', {}, 'Reply')),
				),
				el(
					'div',
					{},
					seen ? soft('read') : el('span', { class: 'chip' }, 'unread'),
					isInMail ? soft('InMail') : '',
					soft(time(messages.at(-1).createdAt)),
				),
			],
			!seen,
		);
	});
	return rows.length === 0
		? card(el('p', { class: 'soft' }, 'No conversation matches.'))
		: table(['Lead', 'Sender and campaign', 'Messages', 'Last'], rows, '');
}
