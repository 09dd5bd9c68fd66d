/**
 * The API base URL of a credential, without trailing slashes. Plain HTTP would show the secret to
 * everybody on the way, so it is taken only for this machine itself (the sandbox).
 *
 * @throws Error with a sentence for the person who filled in the credential
 */
export function checkedBaseUrl(value: unknown): string {
	const text = String(value ?? '').trim();
	if (!URL.canParse(text)) {
		throw new Error(`The API Base URL of the credential is not a web address: “${text}”`);
	}
	const url = new URL(text);
	if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) {
		return text.replace(/\/+$/, '');
	}
	throw new Error(
		'The API Base URL of the credential must begin with https://, so that the secret is encrypted. Plain http:// works only for this machine (127.0.0.1, localhost).',
	);
}

/** Whether an address never leaves this machine. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Refuses to add a secret to a request that would carry it over the network in the clear. n8n's
 * HTTP Request node, which can borrow a credential, calls the address `uri`.
 */
export function requireSafeAddress(request: {
	baseURL?: string;
	url?: string;
	uri?: string;
}): void {
	const url = request.url ?? request.uri ?? '';
	checkedBaseUrl(/^https?:\/\//i.test(url) ? url : (request.baseURL ?? url));
}
