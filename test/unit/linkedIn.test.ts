import fc from 'fast-check';
import { canonicalProfileUrl, handleKey, linkedInKey, profileAddress } from '../../nodes/linkedIn';

const JANE = 'https://www.linkedin.com/in/jane-doe/';

it.each([
	['https://www.linkedin.com/in/jane-doe/', 'is so already'],
	['https://www.linkedin.com/in/jane-doe', 'no slash at the end'],
	['http://linkedin.com/in/jane-doe', 'http, no www'],
	['linkedin.com/in/jane-doe', 'no scheme'],
	['WWW.LinkedIn.com/IN/Jane-Doe', 'capitals'],
	['https://de.linkedin.com/in/jane-doe', 'a locale host'],
	['https://m.linkedin.com/in/jane-doe', 'the mobile host'],
	['https://www.linkedin.com/in/jane-doe/en', 'a locale behind the name'],
	['https://www.linkedin.com/in/jane-doe/overlay/contact-info/', 'an overlay'],
	['https://www.linkedin.com/in/jane-doe/recent-activity/all/', 'activities'],
	['https://www.linkedin.com/in/jane-doe?miniProfileUrn=urn%3Ali', 'a query'],
	['https://www.linkedin.com/in/jane-doe/#about', 'a fragment'],
	['https://www.linkedin.com//in//jane-doe', 'slashes twice'],
	['  <https://www.linkedin.com/in/jane-doe/>  ', 'space and angle brackets'],
	['\u200bhttps://www.linkedin.com/in/jane\u00ad-doe\ufeff', 'invisible characters'],
	['https://www.linkedin.com/in/%6Aane-doe', 'needless encoding'],
	['https://www.linkedin.com/mwlite/in/jane-doe', 'the old mobile page'],
	['https://www.linkedin.com/m/in/jane-doe', 'the mobile page'],
	['https://www.linkedin.com/comm/in/jane-doe?midToken=x', 'from a mail'],
	['https://www.linkedin.com./in/jane-doe', 'a dot behind the host'],
	['https://www.linkedin.com:443/in/jane-doe', 'a port'],
	['https://https://www.linkedin.com/in/jane-doe', 'the scheme twice'],
	['https://http://linkedin.com/in/jane-doe', 'two schemes'],
	['https//www.linkedin.com/in/jane-doe', 'a maimed scheme'],
	['https:/www.linkedin.com/in/jane-doe', 'one slash'],
	['https:www.linkedin.com/in/jane-doe', 'no slash'],
	['https: //www.linkedin.com/in/jane-doe', 'a blank in the scheme'],
	['//www.linkedin.com/in/jane-doe', 'no scheme but its slashes'],
	['https:\\\\www.linkedin.com\\in\\jane-doe', 'the other slashes'],
	['https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe', 'all of it encoded'],
	['"https://www.linkedin.com/in/jane-doe"', 'quotes'],
	['„https://www.linkedin.com/in/jane-doe“', 'other quotes'],
	['LinkedIn: https://www.linkedin.com/in/jane-doe', 'a label'],
	['LinkedIn:www.linkedin.com/in/jane-doe', 'a label without a blank'],
	['url=linkedin.com/in/jane-doe', 'a label with an equals sign'],
	['[Jane](https://www.linkedin.com/in/jane-doe)', 'Markdown'],
	['<a href="https://www.linkedin.com/in/jane-doe">Jane</a>', 'HTML'],
	['https://x.com/a, https://www.linkedin.com/in/jane-doe', 'behind another address'],
	['in/jane-doe', 'no host'],
	['/in/jane-doe/', 'no host, a slash'],
	['LinkedIn: in/jane-doe', 'no host, a label'],
	['https://www.linkedin.com/in/jane-doe,', 'a comma'],
	['https://www.linkedin.com/in/jane-doe;', 'a semicolon'],
	['https://www.linkedin.com/in/jane-doe.', 'the end of a sentence'],
	['https://www.linkedin.com/in/jane-doe)', 'a bracket'],
	['https://www.linkedin.com/in/jane-doe (CEO)', 'a remark'],
	['https://www.linkedin.com/in/jane-doe, CEO', 'more of the sentence'],
	['https://www.linkedin.com/in/jane-doe https://x.com/a', 'a second address'],
	['https://www.linkedin.com/in/jane-doe,https://x.com/a', 'a second address behind a comma'],
	['https://www.linkedin.com/in/jane-doe www.linkedin.com/in/karl-ode', 'a second person'],
	['https://www.linkedin.com/in/jane-doe&trk=x', 'a query without its mark'],
	['https://www.linkedin.com/in/jane-doe%2Fen', 'an encoded slash'],
	['https://www.linkedin.com/in/jane-doe%3Ftrk=x', 'an encoded query'],
	['https://www.linkedin.com/in/jane-doe%20', 'an encoded blank'],
])('brings %s to the one form (%s)', (given) => {
	expect(canonicalProfileUrl(given)).toBe(JANE);
});

it.each([
	['an assigned id keeps its case', '/in/ACoAABc-1dE_f?x=1', '/in/ACoAABc-1dE_f/'],
	['umlauts, however composed', '/in/Ju\u0308rgen', '/in/j%C3%BCrgen/'],
	['umlauts, encoded', '/in/j%c3%bcrgen', '/in/j%C3%BCrgen/'],
	['encoded twice', '/in/j%25C3%25BCrgen', '/in/j%C3%BCrgen/'],
	['another script', '/in/दीपक-कुमार', `/in/${encodeURIComponent('दीपक-कुमार')}/`],
	['a picture before the name', '/in/%F0%9F%9A%80-ann-lee/', '/in/%F0%9F%9A%80-ann-lee/'],
	['a picture of several', '/in/👨\u200d🏫-ann', '/in/%F0%9F%91%A8%E2%80%8D%F0%9F%8F%AB-ann/'],
	['an old public address', '/pub/krzysztof-marzec/a7/576/b50', '/in/krzysztof-marzec-b50576a7/'],
	['an old one in capitals', '/pub/Ann-Lee/A7/576/B50/', '/in/ann-lee-b50576a7/'],
])('%s', (_why, given, canonical) => {
	expect(canonicalProfileUrl(`https://www.linkedin.com${given}`)).toBe(
		`https://www.linkedin.com${canonical}`,
	);
});

it.each([
	'https://www.linkedin.com/sales/lead/ACwAAABc,NAME_SEARCH,x1',
	'https://www.linkedin.com/sales/people/ACwAAABc',
	'https://www.linkedin.com/company/acme',
	'https://www.linkedin.com/school/mit',
	'https://www.linkedin.com/feed/update/urn:li:activity:1',
	'https://www.linkedin.com/search/results/people/?keywords=in/jane-doe',
	'https://www.linkedin.com/pub/dir/Jane/Doe',
	'https://www.linkedin.com/pub/jane-doe',
	'https://www.linkedin.com/in/',
	'https://www.linkedin.com/in/%20',
	'https://www.linkedin.com/',
	'https://lnkd.in/abc',
	'https://linkedin.com.evil.example/in/jane-doe',
	'https://notlinkedin.com/in/jane-doe',
	'https://evil.example/linkedin.com/in/jane-doe',
	'ftp://www.linkedin.com/in/jane-doe',
	'javascript:alert(1)',
	'jane-doe',
	'https://www.linkedin.com/in/in/jane-doe',
	'https://www.linkedin.com/in/https://de.linkedin.com/in/jane-doe',
	'https://www.linkedin.com/in/www.linkedin.com/in/jane-doe',
	'https://www.linkedin.com/in/n/a',
	'https://www.linkedin.com/in/al',
	'https://www.linkedin.com/in/---',
	'https://www.linkedin.com/in/🚀🚀🚀',
	`https://www.linkedin.com/in/${'a'.repeat(101)}`,
	'https://www.linkedin.com/in/jane doe',
	'https://www.linkedin.com/in/jane%20doe',
	'https://www.linkedin.com/in/jane.doe',
	'https://www.linkedin.com/in/jane_doe',
	'https://www.linkedin.com/in/jane@example.com',
	'https://www.linkedin.com/in/jane&doe',
	"https://www.linkedin.com/in/dan'brien",
	'https://www.linkedin.com/in/50%-off',
	'https://www.linkedin.com/in/[object Object]',
	'https://www.linkedin.com/in/{{ $json.slug }}',
	'https://www.linkedin.com/in/jane-doe/../karl-ode',
	'https://www.linkedin.com/sales/lead/unavailable',
	'https://example.com/in/jane-doe',
	'https://example.com/?u=https://www.linkedin.com/in/jane-doe',
	'https://www.linkedin.com@example.com/in/jane-doe',
	'',
	'   ',
	null,
	undefined,
	42,
	{},
])('derives nothing from %s', (given) => {
	expect(canonicalProfileUrl(given)).toBeUndefined();
});

it.each(['lead', 'people', 'profile'])(
	'reads Sales Navigator’s /sales/%s/ in every part',
	(page) => {
		const address = `https://www.linkedin.com/sales/${page}/ACwAAABc1d,NAME_SEARCH,h1`;
		expect(linkedInKey(`Lead: ${address}?_ntb=z`)).toEqual({ type: 'salesNav', key: 'ACwAAABc1d' });
		expect(profileAddress(`${address})`)).toBe(address);
		expect(canonicalProfileUrl(address)).toBeUndefined();
	},
);

it('reads a bare name in a field of names alone', () => {
	expect(handleKey('Jane-Doe')).toEqual({ type: 'vanity', key: 'jane-doe' });
	expect(handleKey('https://www.linkedin.com/in/jane-doe')?.key).toBe('jane-doe');
	for (const junk of ['undefined', 'n/a', 'in', 'jane doe', ''])
		expect(handleKey(junk)).toBeUndefined();
});

/** What is found behind /in/ where nobody is meant. */
const junk = fc.oneof(
	fc.constantFrom(
		...['in', 'me', 'n', 'https:', 'http:', 'https', 'www.linkedin.com', 'linkedin.com', 'null'],
		...[
			'NULL',
			'undefined',
			'Undefined',
			'unavailable',
			'UNAVAILABLE',
			'none',
			'nan',
			'n-a',
			'null-null',
			'nullnull',
			'firstname-lastname',
			'n-a-',
			'linkedin-url',
			'object-object',
			'undefined-undefined',
			'tbd',
			'no-linkedin',
			'TestId',
			'-',
			'--',
		],
		...['linkedin', 'profile', 'pub', '..', '.', '%', '%2F', '%20', '()', '[]', '{}', '{{x}}'],
	),
	fc.stringMatching(/^[a-z]{1,2}$/),
	fc.stringMatching(/^[a-z]{1,5}[_.@:=$~%][a-z]{1,5}$/),
	fc.stringMatching(/^[a-z]{101,120}$/),
	fc.stringMatching(/^-{3,9}$/),
);
/** Names as LinkedIn gives them: letters of several scripts, digits, hyphens. */
const letter = fc.constantFrom(
	...'abcxyz0189-',
	'ü',
	'é',
	'ß',
	'я',
	'李',
	'明',
	'د',
	'ק',
	'क',
	'İ'.toLowerCase(),
);
const name = fc
	.tuple(fc.constantFrom('q', 'я', '李'), fc.array(letter, { minLength: 3, maxLength: 30 }))
	.map(([first, rest]) => (first + rest.join('')).normalize('NFC'));
const assigned = fc.stringMatching(/^AC[a-z]AA[A-Za-z\d_-]{10,34}$/);
const encoded = (text: string) => encodeURIComponent(text);
const front = fc
	.tuple(
		fc.constantFrom(
			'',
			' ',
			'"',
			'<',
			'(',
			'LinkedIn: ',
			'Profil: ',
			'see ',
			'\u200b',
			'- ',
			'LI | ',
		),
		fc.constantFrom('', 'https://', 'HTTP://', 'https://https://', 'https//', 'https:/', '//'),
		fc.constantFrom('', 'www.', 'de.', 'm.', 'WWW.', 'pt-br.'),
		fc.constantFrom('linkedin.com', 'LinkedIn.com', 'linkedin.com.', 'linkedin.com:443'),
		fc.constantFrom('/', '//', '/mwlite/', '/m/', '/comm/'),
		fc.constantFrom('in/', 'IN/', 'in//'),
	)
	.map((parts) => parts.join(''));
const tail = fc.constantFrom(
	...[
		'',
		'/',
		'/en',
		'?x=1',
		'#a',
		'/?trk=y',
		',',
		';',
		')',
		'.',
		'"',
		'>',
		' ',
		'\n',
		'&trk=x',
		'%2Fen',
	],
	...[
		'%2C',
		'%20',
		', ',
		' (CEO)',
		' | LinkedIn',
		' https://x.com/b',
		',https://x.com/b',
		'; www.x.com',
	],
	...['/overlay/contact-info/', '/recent-activity/', ' https://www.linkedin.com/in/karl-ode/'],
);
const RUNS = { numRuns: 5000 };

it('reads the same person whatever stands around the address', () => {
	fc.assert(
		fc.property(front, name, tail, fc.boolean(), (before, slug, after, isEncoded) => {
			const address = before + (isEncoded ? encoded(slug) : slug) + after;
			const key = slug.toLowerCase().normalize('NFC');
			expect([address, linkedInKey(address)]).toEqual([address, { type: 'vanity', key }]);
			expect(profileAddress(address)).toBe(`https://www.linkedin.com/in/${encoded(key)}/`);
		}),
		RUNS,
	);
	fc.assert(
		fc.property(front, assigned, tail, (before, id, after) => {
			expect(linkedInKey(before + id + after)).toEqual({ type: 'urn', key: id });
		}),
		RUNS,
	);
});

it('never takes junk behind /in/ for a person, whatever stands around it', () => {
	fc.assert(
		fc.property(front, junk, tail, (before, word, after) => {
			const address = before + word + after;
			expect([address, linkedInKey(address)]).toEqual([address, undefined]);
		}),
		RUNS,
	);
});

/** The rule said once more, by `URL`: for whole addresses and nothing around them. */
function byRule(address: string): string | undefined {
	const { protocol, hostname, pathname } = new URL(address);
	if (!/^https?:$/.test(protocol) || !/^([a-z-]+\.)*linkedin\.com$/.test(hostname))
		return undefined;
	const [page, slug = ''] = pathname.split('/').filter((part) => part !== '');
	const person = decodeURIComponent(slug).normalize('NFC');
	if (page !== 'in') return undefined;
	if (/^AC[a-z]AA[\w-]+$/.test(person)) return person;
	const isName = /^[\p{L}\p{M}\p{N}-]{3,100}$/u.test(person) && /[\p{L}\p{N}]/u.test(person);
	return isName && !/^(in|https?|null|undefined|unavailable)$/i.test(person)
		? person.toLowerCase().normalize('NFC')
		: undefined;
}

it('agrees with URL and the rule on random whole addresses', () => {
	const host = fc.constantFrom(
		'www.linkedin.com',
		'linkedin.com',
		'fr.linkedin.com',
		'xlinkedin.com',
		'linkedin.com.x.org',
	);
	const page = fc.constantFrom('in', 'in', 'in', 'company', 'school', 'feed', 'jobs');
	const anything = fc.oneof(
		name,
		assigned,
		fc.constantFrom('in', 'null', 'undefined', 'unavailable', 'a_b', 'a.b'),
		fc.string({ unit: fc.constantFrom(...'abz-_.!$ü李 ') }),
	);
	fc.assert(
		fc.property(
			host,
			page,
			anything,
			fc.constantFrom('', '/', '/de', '?a=b'),
			(where, kind, slug, end) => {
				const address = `https://${where}/${kind}/${encoded(slug)}${end}`;
				fc.pre(
					!/[.! ]$/.test(slug) &&
						!/^[.]+$/.test(slug) &&
						slug.trim() === slug &&
						!/[.!] | [-_.!$]/.test(slug),
				);
				expect([address, linkedInKey(address)?.key]).toEqual([address, byRule(address)]);
			},
		),
		RUNS,
	);
});

it('is its own fixed point, and a key is only ever made of what can be a name', () => {
	const slug = fc.oneof(
		fc.string({ minLength: 1 }),
		fc.string({ unit: 'grapheme', minLength: 1 }),
		fc.string({ unit: 'binary', minLength: 1 }),
		assigned,
	);
	fc.assert(
		fc.property(slug, (text) => {
			for (const given of [text, `https://www.linkedin.com/in/${text}`]) {
				const once = canonicalProfileUrl(given);
				if (once === undefined) continue;
				expect(canonicalProfileUrl(once)).toBe(once);
				const { type, key } = linkedInKey(once) ?? {};
				const ofNames = /^[\p{L}\p{M}\p{N}\p{S}\u200d-]{3,100}$/u;
				expect(key).toMatch(type === 'urn' ? /^AC[a-z]AA[\w-]+$/ : ofNames);
			}
		}),
		{ numRuns: 20_000 },
	);
});
