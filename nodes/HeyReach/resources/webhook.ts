import type { IDataObject } from 'n8n-workflow';
import { BadInput, isObject } from '../../engine/call/errors';
import { collection, field, flag, required, text } from '../../engine/describe/fields';
import type { Call, Field, Io, Recovered, Resource } from '../../engine/operation';
import { offsetPages, readPages, rowsOf } from '../../engine/call/paginate';
import { read } from '../calls/read';
import { heyReachEvents } from '../trigger/events';
import { campaignIds, webhookPicker } from '../editor/pickers';
import { done } from '../calls/done';

const nameProperty = {
	placeholder: 'e.g. n8n replies',
	description: '3 to 25 characters',
};
const name = text('Name', 'webhookName', nameProperty);
const url = text('URL', 'webhookUrl', {
	placeholder: 'e.g. https://n8n.example.com/webhook/…',
	description: 'Where HeyReach sends the events',
});

const event = field(
	{
		displayName: 'Event',
		name: 'eventType',
		type: 'options',
		options: heyReachEvents.map((option) => ({
			...option,
			value: String(option.value).toUpperCase(),
		})),
		default: 'EVERY_MESSAGE_REPLY_RECEIVED',
	},
	{ in: 'body', key: 'eventType' },
);

const otherEvent = text('Other Event', 'otherEvent', {
	key: 'eventType',
	placeholder: 'e.g. NAME_OF_THE_EVENT',
	description:
		'An event that is not in the list of Event, and takes its place. HeyReach refuses a name that it does not know.',
});

/** Sent along with each delivery; a value may be a password of the receiver. */
const customHeaders: Field = {
	property: {
		displayName: 'Custom Headers',
		name: 'customHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Header',
		default: {},
		description: 'Headers that HeyReach sends along with each event',
		options: [
			{
				displayName: 'Header',
				name: 'values',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. X-My-Secret',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						typeOptions: { password: true },
						default: '',
					},
				],
			},
		],
	},
	send: {
		in: 'body',
		key: 'customHeaders',
		as: (value) => {
			const headers = rowsOf(value, 'values').map((row) => [
				String(row.name ?? ''),
				String(row.value ?? ''),
			]);
			return headers.length > 0 ? Object.fromEntries(headers) : undefined;
		},
	},
};

const showHeaders = (place: 'query' | 'body'): Field =>
	field(showHeadersProperty, { in: place, key: 'includeCustomHeaders' });

const showHeadersProperty = {
	displayName: 'Include Custom Headers',
	name: 'includeCustomHeaders',
	type: 'boolean' as const,
	default: false,
	description: 'Whether to put out the custom headers too. They may hold secrets of the receiver.',
};

function check({ body }: Call): void {
	const { webhookName, webhookUrl } = body ?? {};
	if (webhookName !== undefined) {
		const { length } = String(webhookName);
		if (length < 3 || length > 25) {
			throw new BadInput(
				`The name of the webhook has ${length} characters`,
				'HeyReach takes 3 to 25.',
			);
		}
	}
	if (webhookUrl !== undefined && !/^https?:\/\//i.test(String(webhookUrl))) {
		throw new BadInput(
			`“${String(webhookUrl)}” is not a web address`,
			'It must begin with https:// and be reachable from the internet.',
		);
	}
}

/** The secret of a HeyReach Trigger stands in its address, and nobody else needs it. */
function withoutSecret(record: IDataObject): IDataObject {
	const address = String(record.webhookUrl ?? '');
	const hidden = address.replace(/([?&]secret=)[\da-f]{64}(?=&|$)/, '$1…');
	return hidden === address ? record : { ...record, webhookUrl: hidden };
}

/** HeyReach does not document the answer; two programs read `webhookId` from it, and `id` is likely. */
function created(record: IDataObject, io: Io): IDataObject {
	return {
		webhookId: record.webhookId ?? record.id ?? null,
		webhookName: String(io.parameter('webhookName')),
	};
}

/** HeyReach makes a second webhook of the same kind without a word: so it is looked for first. */
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

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a webhook',
			description:
				'Let HeyReach send one kind of event to an address. HeyReach Trigger does this by itself for workflows of n8n.',
			request: { method: 'POST', path: '/webhooks/CreateWebhook', body: { campaignIds: [] } },
			writes: true,
			fields: [
				required(name),
				required(url),
				event,
				collection(
					{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add Field' },
					[campaignIds, customHeaders, otherEvent],
				),
			],
			check,
			recover: recoverWebhook,
			finish: created,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a webhook',
			description: 'Delete a webhook for good: HeyReach sends its events no longer',
			request: { method: 'DELETE', path: '/webhooks/DeleteWebhook' },
			writes: true,
			fields: [webhookPicker],
			finish: () => ({ deleted: true }),
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a webhook',
			description: 'Get one webhook. The secret of a HeyReach Trigger is left out.',
			request: { method: 'GET', path: '/webhooks/GetWebhookById' },
			writes: false,
			fields: [webhookPicker, showHeaders('query')],
			finish: withoutSecret,
		},
		{
			value: 'getMany',
			name: 'Get Many',
			action: 'Get many webhooks',
			description:
				'Get the webhooks of the workspace. The secrets of HeyReach Triggers are left out.',
			request: { method: 'POST', path: '/webhooks/GetAllWebhooks', repeatable: true },
			writes: false,
			fields: [showHeaders('body')],
			pages: offsetPages(100),
			finish: withoutSecret,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a webhook',
			description: 'Change some parts of a webhook; the others stay as they are',
			request: { method: 'PATCH', path: '/webhooks/UpdateWebhook' },
			writes: true,
			fields: [
				webhookPicker,
				collection(
					{ displayName: 'Update Fields', name: 'updateFields', placeholder: 'Add Field' },
					[
						flag('Active', 'isActive', 'Whether HeyReach sends the events'),
						campaignIds,
						customHeaders,
						event,
						name,
						otherEvent,
						url,
					],
				),
			],
			check: (call) => {
				check(call);
				if (isObject(call.body) && Object.keys(call.body).length > 0) return;
				throw new BadInput(
					'There is nothing to update',
					'Add at least one field, or check that the expressions find values in this item.',
				);
			},
			finish: done('webhookId'),
		},
	],
};
