import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { readBytes } from './body';
import { ipAllowed } from './ipAllowlist';
import { isRefusal, logCountedRefusals, refuse, unusable } from './refusal';
import type { Refusal } from './refusal';
import { answerRepeat, drop } from './repeats';
import { readObject } from './safeJson';

/** One service's part of the checks. */
export interface Deliveries<Settings extends { ipAllowlist: string }> {
	/** @throws BadInput for settings that cannot be used */
	readSettings(context: IWebhookFunctions): Settings;
	/** Refuses an unproven sender before the body is read. */
	checkRequest?(context: IWebhookFunctions): Refusal | undefined;
	/** Refuses an unproven sender by the bytes of the body. */
	checkBytes?(
		context: IWebhookFunctions,
		settings: Settings,
		bytes: Buffer,
	): Promise<Refusal | undefined>;
	/** The item for the workflow, from the JSON object that was delivered. */
	normalise(delivered: Record<string, unknown>, settings: Settings): IDataObject;
	/** Refuses an item whose signed time is too far from now. */
	checkAge?(json: IDataObject, settings: Settings): Refusal | undefined;
	/** The reason for which the workflow does not want the item: `another location`. */
	reasonToDrop(json: IDataObject, settings: Settings): string | undefined;
	/** The same text for each repeat of a delivery; undefined where nothing tells. */
	repeatKey(json: IDataObject): string | undefined;
	/** What the log says of a dropped item. No personal values. */
	facts(json: IDataObject): Record<string, unknown>;
}

/**
 * Takes one delivery: settings, address, sender, body, age, filters, repeats, in this order. The sender is
 * checked before the content is read. A refused or dropped delivery is logged. Throws nothing, because n8n
 * would start the workflow with the error.
 */
export async function receive<Settings extends { ipAllowlist: string }>(
	context: IWebhookFunctions,
	service: Deliveries<Settings>,
): Promise<IWebhookResponseData> {
	logCountedRefusals(context);
	const settings = usable(() => service.readSettings(context));
	if (isRefusal(settings)) return refuse(context, settings);
	const stranger = checkAddress(context, settings.ipAllowlist) ?? service.checkRequest?.(context);
	if (stranger) return refuse(context, stranger);
	const bytes = await readBytes(context);
	if (isRefusal(bytes)) return refuse(context, bytes);
	const unproven = await service.checkBytes?.(context, settings, bytes);
	if (unproven) return refuse(context, unproven);
	const read = readObject(bytes);
	if ('flaw' in read) return refuse(context, { status: 400, reason: `The body ${read.flaw}` });

	const json = service.normalise(read.object, settings);
	const late = service.checkAge?.(json, settings);
	if (late) return refuse(context, late);
	const unwanted = service.reasonToDrop(json, settings);
	if (unwanted) return drop(context, unwanted, service.facts(json));
	const key = service.repeatKey(json);
	const repeat = key === undefined ? undefined : answerRepeat(context, key, service.facts(json));
	return repeat ?? { workflowData: [[{ json }]] };
}

function usable<T>(read: () => T): T | Refusal {
	try {
		return read();
	} catch (error) {
		return unusable(error);
	}
}

function checkAddress(context: IWebhookFunctions, allowlist: string): Refusal | undefined {
	// n8n fills `ips` from the proxies that it is told to trust (N8N_PROXY_HOPS).
	const { ip, ips } = context.getRequestObject();
	if (ipAllowed(allowlist, [ip, ...(ips ?? [])])) return undefined;
	return { status: 403, reason: 'The IP address is not on the allowlist' };
}
