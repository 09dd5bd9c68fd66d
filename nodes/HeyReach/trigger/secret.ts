import { createHash, randomBytes } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';
import { isObject } from '../../engine/values';
import type { Refusal } from '../../engine/webhook/refusal';
import { secretsMatch } from '../../engine/webhook/secrets';
import { keptIn } from './kept';

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

/**
 * The workspace from which a delivery comes, by the secret in its address; `undefined` for none.
 * HeyReach signs nothing. Every secret is compared, so that the time tells nothing.
 */
export function senderOf(context: IWebhookFunctions): string | undefined {
	const given = secretGiven(context);
	return keptIn(context).filter(({ secret }) => secretsMatch(given, secret))[0]?.name;
}

/** Refuses a delivery whose address has none of the node's secrets. */
export function checkSecret(context: IWebhookFunctions): Refusal | undefined {
	if (senderOf(context) !== undefined) return undefined;
	return {
		status: 401,
		reason:
			keptIn(context).length === 0
				? 'This node has not been registered with HeyReach: publish the workflow again'
				: secretGiven(context) === undefined
					? 'The secret is missing from the address'
					: 'The secret in the address is wrong',
	};
}

function secretGiven(context: IWebhookFunctions): unknown {
	const query: unknown = context.getQueryData();
	return isObject(query) ? query.secret : undefined;
}
