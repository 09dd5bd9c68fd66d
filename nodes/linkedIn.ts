/**
 * The key of a person in a LinkedIn address, with its kind: equal ids of different kinds are
 * different people.
 */
export interface LinkedInKey {
	/** `urn`: LinkedIn's own id (ACoAA…), case kept. `vanity`: the chosen name. `salesNav`: an id of its own space. */
	type: 'urn' | 'vanity' | 'salesNav';
	key: string;
}

const USUAL = 'https://www.linkedin.com/in/';

/**
 * The characters of a name: letters of any script, digits, hyphens, and symbols outside ASCII.
 * LinkedIn takes such symbols over from the names that people write, such as 🚀 or 👨‍🏫.
 */
const NAME = /^(?:[\p{L}\p{M}\p{N}-]|[^\P{S}\0-\x7f]|\u200d)+/u;

/** The shortest and the longest name that LinkedIn takes, in characters. */
const SHORTEST = 3;
const LONGEST = 100;

/** Words behind `/in/` that are nobody's name. */
const NOBODY = new Set(
	`undefined null none nil nan false true unavailable not-available unknown not-found error invalid
	n-a http https www linkedin in pub profile profiles public-profile login signup authwall feed edit
	search settings overlay detail details contact-info recent-activity company school sales comm mwlite username user-name vanityname vanity-name
	your-name yourname linkedin-member private-profile tbd empty deleted hidden no-linkedin not-provided
	not-set testid object
	firstname lastname url na`.split(/\s+/),
);

/**
 * Whether the words of a name are all nobody's. A template makes `null-null` of a first and a last
 * name that are missing.
 */
function isNobody(name: string): boolean {
	const parts = name.split('-').filter((part) => part !== '');
	return (
		NOBODY.has(name) ||
		NOBODY.has(parts.join('-')) ||
		parts.every((part) => NOBODY.has(part) || NOBODY.has(half(part)))
	);
}

/** The half of a word that stands twice; empty for others. */
function half(word: string): string {
	const one = word.slice(0, word.length / 2);
	return one.length > 2 && one + one === word ? one : '';
}

/**
 * The first address of LinkedIn in a text. It stands at the start, or behind a label, a blank, a
 * quote, a bracket or a comma. The scheme may be missing, broken or doubled. `in/jane-doe` counts
 * only where nothing but a label stands before it.
 */
const ADDRESS =
	/(?:^|[\s"'“”„‘’«»‹›<>()[\]{}|,;*]|^[^/?#]*[=:](?!\/\/))(?:\/\/)?(?:https?(?::\/*|\/+)\s*)*(?:[a-z\d-]+\.)*linkedin\.com\.?(?::\d+)?\/+(?<path>.*)|^(?:[^/?#.]*[=:])?[\s"'“”„‘’«»‹›<>([{*]*\/*(?<bare>in\/.*)/isu;

/**
 * The kind of a page that shows one person. Mobile pages and pages of mails have a path of their
 * own before it.
 */
const PERSON =
	/^(?:(?:mwlite(?:\/+profile)?|m|comm)\/+)*(?<kind>in|pub|sales\/+(?:lead|people|profile))\/+(?<rest>.*)$/isu;

/** A path with `..` leads somewhere else. */
const DOTS = /^[^?#\s]*\/\.{1,2}(?:[/?#\s]|$)/;

/**
 * The text that may follow a name. Anything may stand behind `/`, `?`, `#`, a quote and `&key=`. No
 * word may stand right behind another closing sign, and none behind a blank alone: `/in/jane.doe`
 * and `/in/jane doe` are not Jane. A second address may.
 */
const TAIL =
	/^(?:$|[/?#"“”«»<>]|&(?:amp;)?[\w.-]+=|[.,;:!|*+'‘’‹›)\]}]+(?:$|[\s/?#"“”«»<>([{]|https?:|www\.)|\s+(?:$|[^\p{L}\p{M}\p{N}\s]|https?:|(?:[a-z\d-]+\.)+[a-z]{2,}(?:[/?#\s]|$)))/iu;

/** The id of Sales Navigator; the way in which it was found and a token may follow. */
const SALES_ID = /^(?<id>AC[a-z]AA[A-Za-z0-9_-]+)(?:,[A-Za-z0-9_-]*)*/;

interface Found extends LinkedInKey {
	/** For Sales Navigator: the address without the text around it. */
	address?: string;
}

/**
 * The key in a person's LinkedIn address, the only reader of the package. `undefined` for
 * companies, schools, posts, searches, other hosts, short links (`lnkd.in` tells nothing until it
 * is followed), bare names, and `/in/` followed by anything that cannot be a name.
 */
export function linkedInKey(address: unknown): LinkedInKey | undefined {
	const found = read(address);
	return found && { type: found.type, key: found.key };
}

/** The one form in which an address is written: only public addresses have one. */
export function canonicalAddress({ type, key }: LinkedInKey): string | undefined {
	return type === 'salesNav' ? undefined : `${USUAL}${encodeURIComponent(key)}/`;
}

/** The one form of a person's public address, `https://www.linkedin.com/in/<name>/`. */
export function canonicalProfileUrl(address: unknown): string | undefined {
	const found = read(address);
	return found && canonicalAddress(found);
}

/** The form in which HeyReach takes an address: the canonical one, or that of Sales Navigator. */
export function profileAddress(address: unknown): string | undefined {
	const found = read(address);
	return found && (canonicalAddress(found) ?? found.address);
}

/** The key in a field that holds a bare name. */
export function handleKey(handle: string): LinkedInKey | undefined {
	return /[/:\s]/.test(handle.trim()) ? linkedInKey(handle) : personKey(plain(handle));
}

/** Whether an address has the form in which it is written already. */
export function isUsualAddress(address: string): boolean {
	return address.endsWith('/') && usualEnd(address) === address.length - 1;
}

/** Whether an address holds a chosen name, and nothing has to be parsed to see it. */
export function isPlainAddress(address: string): boolean {
	return usualEnd(address) >= 0;
}

function read(address: unknown): Found | undefined {
	if (typeof address !== 'string') return undefined;
	const end = usualEnd(address);
	if (end >= 0) return { type: 'vanity', key: address.slice(USUAL.length, end) };
	const { path, bare } = ADDRESS.exec(plain(address))?.groups ?? {};
	const { kind, rest } = PERSON.exec(path ?? bare ?? '')?.groups ?? {};
	if (kind === undefined || DOTS.test(path ?? bare)) return undefined;
	const page = kind.toLowerCase();
	if (page === 'in') return personKey(rest);
	return page === 'pub' ? legacyKey(rest) : salesKey(rest, page);
}

/**
 * The end of the name in an address of the usual form; -1 for other forms. Nearly all addresses
 * have it, and parsing each one would take most of the time of a first run.
 */
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
	const size = end - USUAL.length;
	if (!closed || !hasLetter || size < SHORTEST || size > LONGEST) return -1;
	return isNobody(address.slice(USUAL.length, end)) ? -1 : end;
}

/**
 * The text in Unicode's composed form, with `/` for `\`, and without encoded or invisible
 * characters.
 */
function plain(text: string): string {
	let now = visible(text);
	for (let before = ''; before !== now; ) {
		before = now;
		now = visible(now.replace(/(?:%[\da-f]{2})+/gi, decoded));
	}
	return now.replace(/\\/g, '/').normalize('NFC').trim();
}

/**
 * The text without the invisible characters that copied addresses carry. The one that joins two
 * emoji stays.
 */
function visible(text: string): string {
	return text.replace(
		/(?<!\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\u200d)\p{Cf}/gu,
		'',
	);
}

/** The decoded text; the text itself where its encoding is wrong. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** The person whose name or assigned id the text begins with. */
function personKey(text: string): LinkedInKey | undefined {
	const [assigned] = /^AC[a-z]AA[A-Za-z0-9_-]+/.exec(text) ?? [];
	const name = assigned ?? NAME.exec(text)?.[0] ?? '';
	if (!TAIL.test(text.slice(name.length))) return undefined;
	if (assigned !== undefined) return { type: 'urn', key: assigned };
	return nameKey(name);
}

function nameKey(name: string): LinkedInKey | undefined {
	const key = name.toLowerCase().normalize('NFC');
	const size = [...key].length;
	const isName = size >= SHORTEST && size <= LONGEST && /[\p{L}\p{N}]/u.test(key) && !isNobody(key);
	return isName ? { type: 'vanity', key } : undefined;
}

function salesKey(text: string, page: string): Found | undefined {
	const found = SALES_ID.exec(text);
	const id = found?.groups?.id;
	if (!found || id === undefined || !TAIL.test(text.slice(found[0].length))) return undefined;
	const address = `https://www.linkedin.com/${page.replace(/\/+/, '/')}/${found[0]}`;
	return { type: 'salesNav', key: id, address };
}

/** The key of an old address: `/pub/ann-lee/a7/576/b50` has become `/in/ann-lee-b50576a7`. */
function legacyKey(text: string): LinkedInKey | undefined {
	const [, name, a, b, c] =
		/^([^/]+)\/+([\da-f]+)\/+([\da-f]+)\/+([\da-f]+)(?![\p{L}\p{M}\p{N}-])/iu.exec(text) ?? [];
	return name === undefined ? undefined : personKey(`${name}-${c}${b}${a}`);
}
