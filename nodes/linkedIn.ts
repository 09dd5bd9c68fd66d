/** What a LinkedIn address says about who it is: never a bare text, because ids of different kinds must not meet. */
export interface LinkedInKey {
	/** `urn`: LinkedIn's own id (ACoAA…), case kept. `vanity`: the chosen name. `salesNav`: an id of its own space. */
	type: 'urn' | 'vanity' | 'salesNav';
	key: string;
}

const USUAL = 'https://www.linkedin.com/in/';

/**
 * What a name is made of: letters of any script, digits and hyphens, and the symbols (never ASCII ones)
 * that LinkedIn takes over from what people write before their names, such as 🚀 or 👨‍🏫.
 */
const NAME = /^(?:[\p{L}\p{M}\p{N}-]|[^\P{S}\0-\x7f]|\u200d)+/u;

/** LinkedIn's bounds of a name, in characters. */
const SHORTEST = 3;
const LONGEST = 100;

/** What stands behind `/in/` where a name should, and is nobody's. */
const NOBODY = new Set(
	`undefined null none nil nan false true unavailable not-available unknown not-found error invalid
	n-a http https www linkedin in pub profile profiles public-profile login signup authwall feed edit
	search settings overlay detail details contact-info recent-activity company school sales comm mwlite username user-name vanityname vanity-name
	your-name yourname linkedin-member private-profile tbd empty deleted hidden no-linkedin not-provided
	not-set testid object
	firstname lastname url na n a`.split(/\s+/),
);

/** Also `null-null`, which a template makes of a first and a last name that are not there. */
function isNobody(name: string): boolean {
	const parts = name.split('-').filter((part) => part !== '');
	return NOBODY.has(name) || parts.every((part) => NOBODY.has(part) || NOBODY.has(half(part)));
}

/** Of a word that stands twice. */
function half(word: string): string {
	const one = word.slice(0, word.length / 2);
	return one + one === word ? one : '';
}

/**
 * The first address of LinkedIn in a text: at its start or behind a label, a blank, a quote, a bracket
 * or a comma. The scheme may be missing, maimed or there twice. `in/jane-doe` only where nothing but a
 * label stands before it.
 */
const ADDRESS =
	/(?:^|[\s"'“”„‘’«»‹›<>()[\]{}|,;*]|^[^/?#]*[=:](?!\/\/))(?:\/\/)?(?:https?(?::\/*|\/+)\s*)*(?:[a-z\d-]+\.)*linkedin\.com\.?(?::\d+)?\/+(?<path>.*)|^(?:[^/?#.]*[=:])?[\s"'“”„‘’«»‹›<>([{*]*\/*(?<bare>in\/.*)/isu;

/** The kind of a page that shows one person; mobile pages and those of mails stand below a path of their own. */
const PERSON =
	/^(?:(?:mwlite(?:\/+profile)?|m|comm)\/+)*(?<kind>in|pub|sales\/+(?:lead|people|profile))\/+(?<rest>.*)$/isu;

/** A path with `..` in it ends somewhere else. */
const DOTS = /^[^?#\s]*\/\.{1,2}(?:[/?#\s]|$)/;

/**
 * What may follow a name. Anything behind `/`, `?`, `#`, a quote and `&key=`. Behind another closing
 * sign no word may follow at once, and none behind a blank alone: `/in/jane.doe` and `/in/jane doe` are
 * not Jane. A second address may.
 */
const TAIL =
	/^(?:$|[/?#"“”«»<>]|&(?:amp;)?[\w.-]+=|[.,;:!|*+'‘’‹›)\]}]+(?:$|[\s/?#"“”«»<>([{]|https?:|www\.)|\s+(?:$|[^\p{L}\p{M}\p{N}\s]|https?:|(?:[a-z\d-]+\.)+[a-z]{2,}(?:[/?#\s]|$)))/iu;

/** The id of Sales Navigator, then how it was found and a token. */
const SALES_ID = /^(?<id>AC[a-z]AA[A-Za-z0-9_-]+)(?:,[A-Za-z0-9_-]*)*/;

interface Found extends LinkedInKey {
	/** Of Sales Navigator: the address without what stands around it. */
	address?: string;
}

/**
 * The key in a person's LinkedIn address, or `undefined` for what names nobody: companies, schools,
 * posts, searches, other hosts, short links (`lnkd.in` tells nothing until it is followed), bare names,
 * and `/in/` with anything behind it that cannot be a name. The one reader of the whole package.
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

/** A name from a field that holds nothing else. */
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

/** Nearly all addresses look like this; reading each thoroughly would take most of a first run's time. */
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

/** Composed, with `/` for `\`, and with nothing encoded or invisible left. */
function plain(text: string): string {
	let now = visible(text);
	for (let before = ''; before !== now; ) {
		before = now;
		now = visible(now.replace(/(?:%[\da-f]{2})+/gi, decoded));
	}
	return now.replace(/\\/g, '/').normalize('NFC').trim();
}

/** Copied addresses carry invisible characters. One of them joins two pictures to one. */
function visible(text: string): string {
	return text.replace(
		/(?<!\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d|\u200d(?!\p{Extended_Pictographic})|(?!\u200d)\p{Cf}/gu,
		'',
	);
}

/** As it is if it is not rightly encoded. */
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

/** `/pub/ann-lee/a7/576/b50` has become `/in/ann-lee-b50576a7`. */
function legacyKey(text: string): LinkedInKey | undefined {
	const [, name, a, b, c] =
		/^([^/]+)\/+([\da-f]+)\/+([\da-f]+)\/+([\da-f]+)(?![\p{L}\p{M}\p{N}-])/iu.exec(text) ?? [];
	return name === undefined ? undefined : personKey(`${name}-${c}${b}${a}`);
}
