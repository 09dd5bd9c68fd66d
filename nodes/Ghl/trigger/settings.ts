import type { KeyObject } from 'node:crypto';
import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { toList, isObject } from '../../engine/values';
import { checkAllowlist, ipAllowlist, respond } from '../../engine/webhook/properties';
import { eventOptions } from './events';
import { readKeys } from './signature';

/**
 * The value of the option that needs no credential. n8n 2 hides a parameter named `authentication`
 * unless one of its options is `none`. Version 0.1 called the option `signature`.
 */
const SIGNED = ['none', 'signature'];

const signed = { show: { authentication: SIGNED } };
const signedOption = { show: { '/authentication': SIGNED } };
const bySecret = { show: { authentication: ['secretHeader'] } };

export const triggerProperties: INodeProperties[] = [
	{
		displayName:
			'<b>In HighLevel:</b> your app at marketplace.gohighlevel.com &gt; <b>Advanced Settings &gt; Webhooks</b>: paste the <b>Production URL</b> from above and switch on the events. The app must have the scope of each event and be installed in the location. Private integrations get no webhooks. <a href="https://github.com/ghl-heyreach/n8n-nodes-ghl-heyreach/blob/main/docs/triggers.md#ghl-trigger" target="_blank">Step by step</a>',
		name: 'marketplaceNotice',
		type: 'notice',
		default: '',
		displayOptions: signed,
	},
	{
		displayName:
			'<b>In HighLevel:</b> in a workflow add the action <b>Custom Webhook</b>: method POST, the <b>Production URL</b> from above, content type JSON, and a header with the name and secret of the credential below. HighLevel does not sign these: the secret is the only proof that they come from HighLevel.',
		name: 'customWebhookNotice',
		type: 'notice',
		default: '',
		displayOptions: bySecret,
	},
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		options: [
			{
				name: 'HighLevel Signature',
				value: 'none',
				description: 'For webhooks of a marketplace app, which HighLevel signs',
			},
			{
				name: 'Secret Header',
				value: 'secretHeader',
				description: 'For the action Custom Webhook in a HighLevel workflow',
			},
		],
		default: 'none',
		description: 'How to check that an event comes from HighLevel',
	},
	{
		displayName: 'Event Names or IDs',
		name: 'events',
		type: 'multiOptions',
		options: eventOptions,
		default: [],
		description: 'HighLevel events that start the workflow',
		hint: 'Leave empty for all events that your app sends',
		displayOptions: signed,
	},
	{
		displayName: 'App IDs',
		name: 'appIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 6578278e879ad2646715ba9c',
		description:
			'Comma-separated IDs of your marketplace apps; a client ID works too. HighLevel signs for all apps with the same key; this list keeps out webhooks of other people’s apps.',
		hint: 'Leave empty to accept the events of any app',
		displayOptions: signed,
	},
	{
		displayName: 'Location IDs',
		name: 'locationIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. ve9EPM428h8vShlRW1KT',
		description:
			'Comma-separated IDs of locations (sub-accounts). An app sends the events of all its locations to the same URL.',
		hint: 'Leave empty to accept the events of all locations',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			ipAllowlist,
			{
				displayName: 'Other Events',
				name: 'otherEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. VoiceAiCallEnd',
				description: 'Comma-separated names of HighLevel events that are not in the list above',
				displayOptions: signedOption,
			},
			{
				displayName: 'Public Keys',
				name: 'publicKeys',
				type: 'string',
				typeOptions: { rows: 4 },
				default: '',
				placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
				description:
					'Ed25519 keys to check signatures with, instead of HighLevel’s published key. Use it when HighLevel changes its key (list the old and the new one), or with the sandbox of this package.',
				displayOptions: signedOption,
			},
			{
				displayName: 'Replay Window (Minutes)',
				name: 'replayWindow',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 5,
				description:
					'Refuse events that were signed longer ago than this. HighLevel’s retries keep the first time: with this option, events that n8n missed while it was down are lost. By default events of any age are accepted. Repeated events are always dropped.',
				displayOptions: signedOption,
			},
			respond,
		],
	},
];

/** The settings of the node, checked. */
export interface TriggerSettings {
	authentication: 'signature' | 'secretHeader';
	/** Empty: all. */
	events: string[];
	/** Named under Other Events: known although not documented. */
	otherEvents: string[];
	/** Empty: all. */
	appIds: string[];
	/** Empty: all. */
	locationIds: string[];
	ipAllowlist: string;
	keys: KeyObject[];
	/** `undefined`: any age. */
	replayWindowMs: number | undefined;
}

/** @throws BadInput with a sentence for the person */
export function readTriggerSettings(context: IHookFunctions | IWebhookFunctions): TriggerSettings {
	const parameter = (name: string) => context.getNodeParameter(name, '') as unknown;
	const options = optionsOf(context.getNodeParameter('options', {}));
	const isSigned = parameter('authentication') !== 'secretHeader';
	const allowlist = String(options.ipAllowlist ?? '');
	checkAllowlist(allowlist);
	const filter = (name: string, displayName: string) => {
		const ids = list(parameter(name));
		// n8n gives nothing for an expression that fails, and an empty filter accepts every delivery.
		if (ids.length > 0 || !isExpression(context.getNode().parameters[name])) return ids;
		throw new BadInput(
			`The expression in ${displayName} gives nothing`,
			'Enter the IDs, or leave the field empty to accept all.',
		);
	};
	return {
		authentication: isSigned ? 'signature' : 'secretHeader',
		events: isSigned ? list(parameter('events')) : [],
		otherEvents: isSigned ? eventNames(options.otherEvents) : [],
		// A client id is the app's id with a tail.
		appIds: isSigned ? filter('appIds', 'App IDs').map((id) => id.split('-')[0]) : [],
		locationIds: filter('locationIds', 'Location IDs'),
		ipAllowlist: allowlist,
		keys: isSigned ? readKeys(String(options.publicKeys ?? '')) : [],
		replayWindowMs: isSigned ? minutes(options.replayWindow) : undefined,
	};
}

function isExpression(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

function optionsOf(value: unknown): Record<string, unknown> {
	return isObject(value) ? value : {};
}

const list = (value: unknown): string[] => toList(value ?? []);

function eventNames(value: unknown): string[] {
	const names = list(value);
	const strange = names.find((name) => !/^[A-Za-z][\w.-]*$/.test(name));
	if (strange === undefined) return names;
	throw new BadInput(
		`“${strange}” is not the name of an event`,
		'Names under Other Events are like ContactCreate, separated by commas.',
	);
}

function minutes(value: unknown): number | undefined {
	if (value === undefined || value === '' || value === 0) return undefined;
	const number = Number(value);
	if (number > 0) return number * 60_000;
	throw new BadInput(
		`“${String(value)}” is not a Replay Window`,
		'Give the number of minutes, such as 5, or remove the option.',
	);
}
