/** What a LinkedIn address says about who it is: never a bare text, because ids of different kinds must not meet. */
export interface LinkedInKey {
	/** `urn`: LinkedIn's own id (ACoAA…), case kept. `vanity`: the chosen name. `salesNav`: an id of its own space. */
	type: 'urn' | 'vanity' | 'salesNav';
	key: string;
}

/** The ids that LinkedIn assigns; their case matters. */
const ASSIGNED_ID = /^AC[a-z]AA[A-Za-z0-9_-]+$/;

const USUAL = 'https://www.linkedin.com/in/';

/**
 * The key in a person's LinkedIn address, or `undefined`: companies, schools, posts, searches, other
 * hosts, short links (`lnkd.in` tells nothing until it is followed), bare names.
 */
export function linkedInKey(address: string): LinkedInKey | undefined {
	const name = usualName(address);
	if (name !== undefined) return { type: 'vanity', key: name };
	const url = parse(address);
	if (!url || !/(^|\.)linkedin\.com$/.test(url.hostname)) return undefined;
	const [kind, ...rest] = url.pathname.split('/').filter(Boolean);
	switch (kind?.toLowerCase()) {
		case 'in':
			return publicKey(rest[0]);
		case 'sales':
			return salesKey(rest);
		case 'pub':
			return legacyKey(rest);
		default:
			return undefined;
	}
}

/** The one form in which an address is written: only public addresses have one. */
export function canonicalAddress({ type, key }: LinkedInKey): string | undefined {
	return type === 'salesNav' ? undefined : `${USUAL}${encodeURIComponent(key)}/`;
}

/** A name from a field that holds nothing else. */
export function handleKey(handle: string): LinkedInKey | undefined {
	return /[/:\s]/.test(handle.trim()) ? linkedInKey(handle) : publicKey(handle);
}

/** Whether an address has the form in which it is written already. */
export function isUsualAddress(address: string): boolean {
	return address.endsWith('/') && usualEnd(address) === address.length - 1;
}

/** Whether an address holds a chosen name, and nothing has to be parsed to see it. */
export function isPlainAddress(address: string): boolean {
	return usualEnd(address) >= 0;
}

/** Nearly all addresses look like this; parsing each as a URL would take most of a first run's time. */
function usualName(address: string): string | undefined {
	const end = usualEnd(address);
	return end < 0 ? undefined : address.slice(USUAL.length, end);
}

/** Where the name ends in an address of the usual form; -1 if it is another. */
function usualEnd(address: string): number {
	if (!address.startsWith(USUAL)) return -1;
	const { length } = address;
	let end = USUAL.length;
	let hasLetter = false;
	for (; end < length; end++) {
		const code = address.charCodeAt(end);
		if ((code > 96 && code < 123) || (code > 47 && code < 58)) hasLetter = true;
		else if (code !== 45) break;
	}
	const closed = end === length || (end === length - 1 && address.charCodeAt(end) === 47);
	// A name has a letter or a digit.
	return closed && hasLetter ? end : -1;
}

function parse(address: string): URL | undefined {
	// Copied addresses carry invisible characters and the angle brackets of mail programs.
	const text = address
		.replace(/\p{Cf}/gu, '')
		.trim()
		.replace(/^<(.*)>$/s, '$1')
		.trim();
	const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
	return /^https?:/i.test(full) && URL.canParse(full) ? new URL(full) : undefined;
}

function publicKey(part: string | undefined): LinkedInKey | undefined {
	const name = decoded(part ?? '').trim();
	if (ASSIGNED_ID.test(name)) return { type: 'urn', key: name };
	// A name has a letter or a digit; dots alone would be a path.
	if (!/[\p{L}\p{N}]/u.test(name)) return undefined;
	return { type: 'vanity', key: name.toLowerCase().normalize('NFC') };
}

function salesKey([kind, part]: string[]): LinkedInKey | undefined {
	if (!/^(lead|people|profile)$/i.test(kind ?? '')) return undefined;
	// The id, then how it was found and a token.
	const [id] = decoded(part ?? '').split(',');
	return ASSIGNED_ID.test(id) ? { type: 'salesNav', key: id } : undefined;
}

/** `/pub/ann-lee/a7/576/b50` has become `/in/ann-lee-b50576a7`. */
function legacyKey([name, ...numbers]: string[]): LinkedInKey | undefined {
	const [a, b, c] = numbers;
	const complete = [a, b, c].every((part) => /^[\da-f]+$/i.test(part ?? ''));
	return complete ? publicKey(`${name}-${c}${b}${a}`) : undefined;
}

/** Decoded once; as it is if it is not rightly encoded. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part).normalize('NFC');
	} catch {
		return part.normalize('NFC');
	}
}
