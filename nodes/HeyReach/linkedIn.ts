/** The id that LinkedIn itself assigns; its case matters. */
const ASSIGNED_ID = /^AC[a-z]AA[A-Za-z0-9_-]+$/;

const LINKEDIN = /(^|\.)linkedin\.com$/;

/**
 * The one form of a person's address, `https://www.linkedin.com/in/<slug>/`: without locale host,
 * query and what follows the name, a chosen name in lower case. Old `/pub/` addresses become the
 * `/in/` address that LinkedIn made of them.
 *
 * `undefined` for what is not a person's public address: Sales Navigator, companies, schools,
 * posts, other hosts, a bare name.
 */
export function canonicalProfileUrl(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const url = parse(value);
	if (!url || !LINKEDIN.test(url.hostname)) return undefined;
	const [type, ...rest] = url.pathname.split('/').filter(Boolean);
	const slug = slugReaders.get(type?.toLowerCase())?.(rest) ?? '';
	// A name has a letter or a digit; dots alone would be a path.
	return /[\p{L}\p{N}]/u.test(slug)
		? `https://www.linkedin.com/in/${encodeURIComponent(slug)}/`
		: undefined;
}

/**
 * The form in which HeyReach takes the address of a profile: the canonical one, or an address of
 * Sales Navigator as it is. `undefined` for what is neither.
 */
export function profileAddress(value: unknown): string | undefined {
	const canonical = canonicalProfileUrl(value);
	if (canonical !== undefined || typeof value !== 'string') return canonical;
	const url = parse(value);
	const isSalesNavigator =
		url && LINKEDIN.test(url.hostname) && /^\/sales\/(lead|people)\/[^/]+/.test(url.pathname);
	return isSalesNavigator ? url.href : undefined;
}

const slugReaders = new Map<string | undefined, (rest: string[]) => string>([
	['in', publicSlug],
	['pub', legacySlug],
]);

function parse(value: string): URL | undefined {
	// Copied addresses carry invisible characters and the angle brackets of mail programs.
	const text = value
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^<(.*)>$/s, '$1')
		.trim();
	const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	return /^https?:/i.test(address) && URL.canParse(address) ? new URL(address) : undefined;
}

function publicSlug([part]: string[]): string {
	const name = decoded(part ?? '').trim();
	return ASSIGNED_ID.test(name) ? name : name.toLowerCase().normalize('NFC');
}

/** `/pub/ann-lee/a7/576/b50` has become `/in/ann-lee-b50576a7`. */
function legacySlug([name, ...numbers]: string[]): string {
	const [a, b, c] = numbers;
	const complete = [a, b, c].every((part) => /^[\da-f]+$/i.test(part ?? ''));
	return complete ? publicSlug([`${name}-${c}${b}${a}`]) : '';
}

/** Decoded once; as it is if it is not rightly encoded. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part).normalize('NFC');
	} catch {
		return part.normalize('NFC');
	}
}
