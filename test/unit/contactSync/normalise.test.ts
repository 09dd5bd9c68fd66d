import fc from 'fast-check';
import { KEY_TYPES, KeyReader } from '../../../nodes/ContactSync/reconcile/values/identityKeys';
import type { KeyType } from '../../../nodes/ContactSync/reconcile/values/identityKeys';
import * as linkedIn from '../../../nodes/linkedIn';
import * as normalise from '../../../nodes/ContactSync/reconcile/values/normalise';
import type { RecordKeys } from '../../../nodes/ContactSync/reconcile';
import { CASES, SEED } from './support/cases';
import { FORM_LAWS } from './support/forms';
import type { Forms } from './support/forms';

const forms: Forms = { ...linkedIn, ...normalise };
const SHARE = 60;

describe('one form for whatever means the same', () => {
	for (const { name, of } of FORM_LAWS) {
		it(`${name} (${CASES(SHARE)} cases)`, () => {
			fc.assert(of(forms), { numRuns: CASES(SHARE), seed: SEED });
		});
	}

	it.each<[string, Partial<Forms>]>([
		['a form has the same form', { normalised: (value) => `${String(value)} ` }],
		['what is written', { written: (value) => (typeof value === 'string' ? `${value}!` : value) }],
		['a tag’s form', { tagForm: (tag) => tag.trim() }],
		[
			'the key of an address',
			{
				linkedInKey: (text) => {
					const found = linkedIn.linkedInKey(text);
					return found && { ...found, key: found.key.toLowerCase() };
				},
			},
		],
		[
			'the key of the one address',
			{ canonicalAddress: ({ key }) => `linkedin.com/company/${key}` },
		],
		['an e-mail’s form', { emailForm: (text) => text.trim() }],
	])('a broken form is noticed: %s', (name, broken) => {
		const [law, ...others] = FORM_LAWS.filter((one) =>
			one.name.startsWith(name + (name.endsWith('address') ? ' ' : '')),
		);
		expect(others).toEqual([]);
		const holds = () =>
			fc.assert(law.of({ ...forms, ...broken }), { numRuns: 3000, seed: 7, endOnFailure: true });
		expect(holds).toThrow('Property failed');
	});

	it('a quick look at an address and the thorough one agree', () => {
		const text = fc.stringMatching(/^[a-zA-Z\d/?#%.-]{0,12}$/);
		const law = fc.property(text, (rest) => {
			const quick = linkedIn.linkedInKey(`https://www.linkedin.com/in/${rest}`);
			// Another spelling of the host keeps it from being quick.
			expect(linkedIn.linkedInKey(`https://WWW.linkedin.com/in/${rest}`)).toEqual(quick);
		});
		fc.assert(law, { numRuns: CASES(SHARE), seed: SEED });
	});
});

/** Every key of a record, as `type:key`. */
function keysOf(keys: RecordKeys, byPhone = false): string[] {
	const reader = new KeyReader(byPhone);
	return KEY_TYPES.flatMap((type: KeyType, at) =>
		[...reader.ofType(keys, at)].map((key) => `${type}:${key}`),
	);
}

describe('what a person is recognised by', () => {
	it.each<[string, RecordKeys, string[]]>([
		['a member id', { memberId: '123' }, ['memberId:123']],
		['a member id as a number', { memberId: 123 }, ['memberId:123']],
		['no provisional id', { memberId: 'imp_77' }, []],
		['no member id of zero', { memberId: '0' }, []],
		['no negative id', { memberId: '-5' }, []],
		['a LinkedIn name', { linkedIn: 'linkedin.com/in/Ann-Lee/en' }, ['vanity:ann-lee']],
		[
			'an assigned id, its case kept',
			{ linkedIn: 'linkedin.com/in/ACoAABc-1dE' },
			['urn:ACoAABc-1dE'],
		],
		[
			'a Sales Navigator id, in a space of its own',
			{ linkedIn: 'https://www.linkedin.com/sales/lead/ACwAABc1dE,NAME_SEARCH,x1?_ntb=z' },
			['salesNav:ACwAABc1dE'],
		],
		[
			'an old address',
			{ linkedIn: 'linkedin.com/pub/ann-lee/a7/576/b50' },
			['vanity:ann-lee-b50576a7'],
		],
		['no company', { linkedIn: 'https://www.linkedin.com/company/acme' }, []],
		['no short link', { linkedIn: 'https://lnkd.in/abc' }, []],
		['no bare name in an address field', { linkedIn: 'ann-lee' }, []],
		['a bare name from a field of names', { handle: 'Ann-Lee' }, ['vanity:ann-lee']],
		[
			'several addresses, each once',
			{ linkedIn: ['linkedin.com/in/ann', null, 'linkedin.com/in/ANN/'] },
			['vanity:ann'],
		],
		['an e-mail', { emails: ['Ann <x'] }, []],
		[
			'an e-mail in its form',
			{ emails: [' ANN@Büro.example '] },
			['email:ann@xn--bro-hoa.example'],
		],
		['a plus sign stays', { emails: ['ann+x@x.com'] }, ['email:ann+x@x.com']],
		['no mailbox of a role', { emails: ['info@x.com', 'Sales@x.com'] }, []],
		['no phone, unless wanted', { phone: '+14155550100' }, []],
	])('%s', (_what, given, expected) => {
		expect(keysOf(given)).toEqual(expected);
	});

	it('an international phone number, if phones count', () => {
		expect(keysOf({ phone: '+1 (415) 555-0100' }, true)).toEqual(['phone:+14155550100']);
		expect(keysOf({ phone: '0415 555 0100' }, true)).toEqual([]);
	});
});
