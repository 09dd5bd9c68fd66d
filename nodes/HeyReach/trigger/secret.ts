import { createHash, randomBytes } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import type { Refusal } from '../../engine/webhook/refusal';
import { secretsMatch } from '../../engine/webhook/secrets';

const MARK_LENGTH = 16;

/**
 * A mark that stays with a node when its name, the address of n8n or the API key changes. A copy of
 * the node has another one.
 *
 * @param node the n8n instance, the workflow, the node's own id; and whether it is the editor's
 * test
 */
export function markOf(...node: string[]): string {
	return createHash('sha256').update(JSON.stringify(node)).digest('hex').slice(0, MARK_LENGTH);
}

/** A secret of 64 hexadecimal digits: the node's mark, then 24 random bytes. */
export function newSecret(mark: string): string {
	return mark + randomBytes(24).toString('hex');
}

export const isSecret = (text: string): boolean => /^[\da-f]{64}$/.test(text);

export const isMarked = (secret: string, mark: string): boolean => secret.startsWith(mark);

export function withSecret(address: string, secret: string): string {
	const url = new URL(address);
	url.searchParams.set('secret', secret);
	return url.toString();
}

/** The secret in an address; empty where it has none. */
export function secretIn(address: string): string {
	return URL.canParse(address) ? (new URL(address).searchParams.get('secret') ?? '') : '';
}

/** Whether the address of a delivery has the secret. HeyReach signs nothing. */
export function checkSecret(context: IWebhookFunctions): Refusal | undefined {
	const { secret } = context.getWorkflowStaticData('node');
	const query: unknown = context.getQueryData();
	const given = isObject(query) ? query.secret : undefined;
	if (secretsMatch(given, secret)) return undefined;
	return {
		status: 401,
		reason: !secret
			? 'This node has not been registered with HeyReach: activate the workflow again'
			: given === undefined
				? 'The secret is missing from the address'
				: 'The secret in the address is wrong',
	};
}
