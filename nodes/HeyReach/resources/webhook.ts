import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { rowsOf } from '../../engine/values';
import { readPages } from '../../engine/call/paginate';
import { offsetPages } from '../calls/pages';
import {
	additionalFields,
	flag,
	required,
	rowsField,
	text,
	updateFields,
} from '../../engine/describe/fields';
import { needsAChange, verbs } from '../../engine/describe/verbs';
import type { Call, Field, Io, Recovered, Resource } from '../../engine/operation';
import { hideSecrets } from '../../engine/call/hideSecrets';
import { done } from '../calls/done';
import { read } from '../calls/read';
import { withoutTriggerSecrets } from '../calls/triggerSecrets';
import { campaignIds, webhookPicker } from '../editor/pickers';
import { heyReachEvents } from '../trigger/events';

const name = text('Name', 'webhookName', {
	placeholder: 'e.g. n8n replies',
	description: 'Name of 3 to 25 characters',
});

const url = text('URL', 'webhookUrl', {
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description: 'Address that HeyReach sends the events to',
});

const event = text('Event', 'eventType', {
	type: 'options',
	options: heyReachEvents.map((option) => ({
		...option,
		value: String(option.value).toUpperCase(),
	})),
	default: 'EVERY_MESSAGE_REPLY_RECEIVED',
});

const otherEvent = text('Other Event', 'otherEvent', {
	key: 'eventType',
	placeholder: 'e.g. NAME_OF_THE_EVENT',
	description:
		'Name of an event that is not in the list, used instead of Event. HeyReach refuses unknown names.',
});

/** Headers for each delivery. A value may be a password of the receiver. */
const customHeaders = rowsField(
	'Custom Headers',
	'customHeaders',
	{ displayName: 'Header', name: 'values' },
	[
		text('Name', 'name', { placeholder: 'e.g. X-My-Secret' }),
		text('Value', 'value', { typeOptions: { password: true } }),
	],
	{
		placeholder: 'Add Header',
		description: 'Headers that HeyReach sends with each event',
		as: (given) => {
			const headers = rowsOf(given, 'values');
			const pairs = headers.map((row) => [String(row.name ?? ''), String(row.value ?? '')]);
			return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
		},
	},
);

const headersInBody = flag(
	'Include Custom Headers',
	'includeCustomHeaders',
	'Whether to return the custom headers too. They may contain secrets of the receiver.',
	{ default: false },
);

const headersInQuery: Field = {
	...headersInBody,
	send: { in: 'query', key: 'includeCustomHeaders' },
};

function checkNameAndUrl({ body: { webhookName, webhookUrl } = {} }: Call): void {
	const { length } = String(webhookName);
	if (webhookName !== undefined && (length < 3 || length > 25)) {
		throw new BadInput(
			`The name of the webhook has ${length} characters`,
			'HeyReach takes 3 to 25.',
		);
	}
	if (webhookUrl !== undefined && !/^https?:\/\//i.test(String(webhookUrl))) {
		throw new BadInput(
			`“${String(hideSecrets(String(webhookUrl), []))}” is not a web address`,
			'It must begin with https:// and be reachable from the internet.',
		);
	}
}

/**
 * The id of the new webhook. HeyReach does not document the answer: two programs read `webhookId`
 * from it, and `id` is likely.
 */
const created = ({ webhookId, id }: IDataObject, io: Io): IDataObject => ({
	webhookId: webhookId ?? id ?? null,
	webhookName: String(io.parameter('webhookName')),
});

/**
 * Looks for the webhook before the create is sent again, since HeyReach makes a second one of the
 * same kind without a refusal.
 */
async function recoverWebhook({ body }: Call, io: Io): Promise<Recovered> {
	const rows = await readPages(
		offsetPages(100),
		read('/webhooks/GetAllWebhooks', {}),
		async (call) => await io.send(call),
	);
	const made = rows.find((row) =>
		['webhookName', 'webhookUrl', 'eventType'].every((key) => row[key] === body?.[key]),
	);
	return made ? { statusCode: 200, headers: {}, body: { webhookId: made.id } } : 'not done';
}

const webhooks = verbs('webhook', { id: webhookPicker, reads: { finish: withoutTriggerSecrets } });

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	operations: [
		webhooks.create({
			route: 'POST /webhooks/CreateWebhook',
			description:
				'Create a webhook, which sends one type of event to a URL, and return its ID. HeyReach Trigger does this automatically for its workflow.',
			body: { campaignIds: [] },
			fields: [
				required(name),
				required(url),
				event,
				additionalFields([campaignIds, customHeaders, otherEvent]),
			],
			check: checkNameAndUrl,
			recover: recoverWebhook,
			finish: created,
		}),
		webhooks.delete({
			route: 'DELETE /webhooks/DeleteWebhook',
			description: 'Delete a webhook permanently; HeyReach stops sending its events',
		}),
		webhooks.get({
			route: 'GET /webhooks/GetWebhookById',
			description: 'Get one webhook, without the secret of a HeyReach Trigger',
			fields: [headersInQuery],
		}),
		webhooks.getMany({
			route: 'POST /webhooks/GetAllWebhooks',
			description: 'Get the webhooks of the workspace, without the secrets of HeyReach Triggers',
			fields: [headersInBody],
			pages: offsetPages(100),
		}),
		webhooks.update({
			route: 'PATCH /webhooks/UpdateWebhook',
			description:
				'Change fields of a webhook; fields you leave out keep their values. Returns success.',
			fields: [
				updateFields([
					flag('Active', 'isActive', 'Whether HeyReach sends the events'),
					...[campaignIds, customHeaders, event, name, otherEvent, url],
				]),
			],
			check: (call) => {
				checkNameAndUrl(call);
				needsAChange()(call);
			},
			finish: done('webhookId'),
		}),
	],
};
