import type { IWebhookFunctions } from 'n8n-workflow';
import type { Refusal } from './refusal';

/** n8n itself takes 16 MB; the largest thing that either service sends is the text of an email. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** The bytes of the body as they came (n8n undoes gzip), or a refusal. */
export async function readBytes(context: IWebhookFunctions): Promise<Buffer | Refusal> {
	const request = context.getRequestObject();
	try {
		// n8n leaves the body unread for some content types (node versions above 1).
		if (!request.rawBody) await request.readRawBody();
	} catch (error) {
		const detail = error instanceof Error ? error.message : 'unknown';
		return { status: 400, reason: 'The body could not be read', detail };
	}
	const bytes: unknown = request.rawBody;
	if (!Buffer.isBuffer(bytes)) return { status: 400, reason: 'The body could not be read' };
	if (bytes.length > MAX_BODY_BYTES) {
		return { status: 413, reason: `The body is larger than ${MAX_BODY_BYTES / 2 ** 20} MB` };
	}
	return bytes;
}
