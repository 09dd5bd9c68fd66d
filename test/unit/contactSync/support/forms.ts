import fc from 'fast-check';
import type { Normaliser } from '../../../../nodes/ContactSync/reconcile';
import type * as linkedIn from '../../../../nodes/linkedIn';
import type * as normalise from '../../../../nodes/ContactSync/reconcile/values/normalise';

/** The functions that bring values and keys to one form. */
export interface Forms
	extends Pick<typeof normalise, 'normalised' | 'written' | 'emailForm' | 'tagForm'>,
		Pick<typeof linkedIn, 'linkedInKey' | 'canonicalAddress'> {}

export interface FormLaw {
	name: string;
	of: (forms: Forms) => fc.IRawProperty<unknown>;
}

const how = fc.constantFrom<Normaliser>(
	...(['exact', 'text', 'caseless', 'email', 'phone', 'linkedIn'] as const),
);
const anyText = fc.oneof(
	fc.string(),
	fc.string({ unit: 'binary' }),
	fc.stringMatching(/^[ +\d()-]{0,12}$/),
	fc.emailAddress(),
	fc.webUrl(),
	fc
		.tuple(fc.constantFrom('in', 'pub', 'sales/lead', 'company', 'IN'), fc.string())
		.map(([kind, name]) => `https://www.linkedin.com/${kind}/${name}`),
);
const anyValue = fc.oneof(
	anyText,
	fc.array(anyText, { maxLength: 3 }),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
);

const slug = fc.oneof(
	fc.stringMatching(/^[a-z]\d[a-z\d-]{1,19}$/),
	fc.stringMatching(/^AC[a-z]AA[A-Za-z\d_-]{3,20}$/),
	fc.constantFrom('jürgen', 'zoë-k', '李明-ab12'),
);

/** Ways in which the same address is written. */
const MUTATIONS: ((slug: string) => string)[] = [
	(name) => `https://www.linkedin.com/in/${encodeURIComponent(name)}/`,
	(name) => `http://linkedin.com/in/${encodeURIComponent(name)}`,
	(name) => `linkedin.com/in/${encodeURIComponent(name)}?utm_source=x&trk=y`,
	(name) => `https://de.linkedin.com/in/${encodeURIComponent(name)}/de-de`,
	(name) => `https://m.linkedin.com/in/${encodeURIComponent(name)}/overlay/contact-info/`,
	(name) => ` <https://www.linkedin.com/in/${encodeURIComponent(name)}/#about> `,
	(name) => `\u200bhttps://WWW.LinkedIn.com/IN/${encodeURIComponent(name)}`,
	(name) =>
		`https://www.linkedin.com//in//${encodeURIComponent(name).replace(/%../g, (code) => code.toLowerCase())}`,
	(name) => `https://www.linkedin.com/in/${encodeURIComponent(name.normalize('NFD'))}`,
];

/** 17. */
export const FORM_LAWS: readonly FormLaw[] = [
	{
		name: 'a form has the same form',
		of: ({ normalised }) =>
			fc.property(anyText, how, (text, way) => {
				const form = normalised(text, way);
				return normalised(form, way) === form;
			}),
	},
	{
		name: 'what is written for a value has its form',
		of: ({ normalised, written }) =>
			fc.property(
				anyValue,
				how,
				(value, way) => normalised(written(value, way), way) === normalised(value, way),
			),
	},
	{
		name: 'a tag’s form has the same form, whatever its case',
		of: ({ tagForm }) =>
			fc.property(fc.string({ unit: 'binary' }), (tag) => {
				const form = tagForm(tag);
				return (
					tagForm(form) === form &&
					(/[^\u0020-\u007e]/.test(tag) || tagForm(tag.toUpperCase()) === form)
				);
			}),
	},
	{
		name: 'the key of an address is the same in whatever way it is written',
		of: ({ linkedInKey }) =>
			fc.property(slug, fc.constantFrom(...MUTATIONS), (name, mutate) => {
				const key = linkedInKey(mutate(name));
				const isAssigned = /^AC[a-z]AA/.test(name);
				return (
					key?.type === (isAssigned ? 'urn' : 'vanity') &&
					key.key === (isAssigned ? name : name.toLowerCase().normalize('NFC'))
				);
			}),
	},
	{
		name: 'the key of the one address of a key is that key',
		of: ({ linkedInKey, canonicalAddress }) =>
			fc.property(anyText, (text) => {
				const key = linkedInKey(text);
				const address = key && canonicalAddress(key);
				if (!key || !address) return true;
				const again = linkedInKey(address);
				return again?.type === key.type && again.key === key.key;
			}),
	},
	{
		name: 'an e-mail’s form has the same form, and spaces, case and brackets do not count',
		of: ({ emailForm }) =>
			fc.property(
				fc.emailAddress(),
				fc.constantFrom('', ' ', '<', 'mailto:'),
				(address, around) => {
					const form = emailForm(address);
					if (form === undefined) return true;
					const dressed =
						around === '<' ? `<${address}>` : `${around}${address}${around === ' ' ? ' ' : ''}`;
					return emailForm(form) === form && emailForm(dressed.toUpperCase()) === form;
				},
			),
	},
];
