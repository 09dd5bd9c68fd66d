/** Invented people: the same number is always the same person. */

const FIRST_NAMES =
	'Ada Bela Chika Dario Elif Farid Greta Hana Ilan Jonas Kaia Leo Mira Nils Oona Pavel Quinn Rosa Samir Tilda Ugo Vera Wanda Ximena Yara Zoltan Anouk Bjorn Celia Dmitri Esme Felix Gita Hugo Ines Jarek Kofi Lena Mateo Noor'.split(
		' ',
	);
const LAST_NAMES =
	'Abara Berg Castellan Dubois Eklund Fontaine Grau Halvorsen Ibarra Jansky Kessler Lindqvist Moreau Novak Okafor Petrov Quist Rivera Santoro Tanaka Urban Vasquez Weller Xanthos Yilmaz Zeman Ashdown Brandt Corrigan Dahl'.split(
		' ',
	);
const PLACES = [
	{ city: 'Austin', state: 'TX', postalCode: '78701', timezone: 'America/Chicago' },
	{ city: 'Denver', state: 'CO', postalCode: '80202', timezone: 'America/Denver' },
	{ city: 'Boston', state: 'MA', postalCode: '02108', timezone: 'America/New_York' },
	{ city: 'Portland', state: 'OR', postalCode: '97204', timezone: 'America/Los_Angeles' },
];
const COMPANIES = [
	'Northwind Dental',
	'Blue Kite Media',
	'Harbor & Pine',
	'Lumen Freight',
	'Ostrea',
];
const POSITIONS = [
	'Founder',
	'Head of Sales',
	'Marketing Manager',
	'Operations Lead',
	'Consultant',
];

export interface Person {
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	slug: string;
	companyName: string;
	position: string;
	place: (typeof PLACES)[number];
}

export function person(number: number): Person {
	const firstName = FIRST_NAMES[number % FIRST_NAMES.length];
	const lastName = LAST_NAMES[(number * 7 + Math.floor(number / 30)) % LAST_NAMES.length];
	const handle = `${firstName}.${lastName}`.toLowerCase();
	return {
		firstName,
		lastName,
		email: `${handle}.${number}@example.com`,
		phone: `+1555010${String(number).padStart(4, '0')}`,
		slug: `${handle.replace('.', '-')}-${number}`,
		companyName: COMPANIES[number % COMPANIES.length],
		position: POSITIONS[(number * 3) % POSITIONS.length],
		place: PLACES[number % PLACES.length],
	};
}

export const range = (from: number, to: number): number[] =>
	Array.from({ length: to - from }, (_unused, at) => from + at);
