import fc from 'fast-check';
import { canonicalProfileUrl } from '../../../nodes/HeyReach/linkedIn';

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
])('brings %s to the one form (%s)', (given) => {
	expect(canonicalProfileUrl(given)).toBe(JANE);
});

it.each([
	['an assigned id keeps its case', '/in/ACoAABc-1dE_f?x=1', '/in/ACoAABc-1dE_f/'],
	['umlauts, however composed', '/in/Ju\u0308rgen', '/in/j%C3%BCrgen/'],
	['umlauts, encoded', '/in/j%c3%bcrgen', '/in/j%C3%BCrgen/'],
	['decoded once only', '/in/a%2525', '/in/a%2525/'],
	['wrong encoding is kept', '/in/50%-off', '/in/50%25-off/'],
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
	'in/jane-doe',
	'',
	'   ',
	null,
	undefined,
	42,
	{},
])('derives nothing from %s', (given) => {
	expect(canonicalProfileUrl(given)).toBeUndefined();
});

it('is its own fixed point, and the case of a chosen name does not matter', () => {
	const slug = fc.oneof(
		fc.string({ minLength: 1 }),
		fc.string({ unit: 'grapheme', minLength: 1 }),
		fc.stringMatching(/^AC[a-z]AA[\w-]{3,20}$/),
	);
	fc.assert(
		fc.property(slug, (name) => {
			const once = canonicalProfileUrl(`https://www.linkedin.com/in/${name}`);
			if (once === undefined) return;
			expect(canonicalProfileUrl(once)).toBe(once);
			expect(once).toMatch(/^https:\/\/www\.linkedin\.com\/in\/[^/?#]+\/$/);
		}),
		{ numRuns: 20_000 },
	);
	const plain = fc.stringMatching(/^[a-z][a-z\d-]{2,30}$/);
	fc.assert(
		fc.property(plain, (name) => {
			const lower = canonicalProfileUrl(`linkedin.com/in/${name}`);
			expect(canonicalProfileUrl(`https://fr.linkedin.com/in/${name.toUpperCase()}/?a=b`)).toBe(
				lower,
			);
		}),
	);
});
