import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import { matching, toText } from '../../engine/values';

/** ISO 3166-1 alpha-2: the form of a country in HighLevel's contacts. */
const CODES = `
	AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
	BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
	EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
	HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
	LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
	NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
	SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
	TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
`
	.trim()
	.split(/\s+/);

/** The countries by their English names, with their codes as values. */
export function countries(): Array<{ name: string; value: string }> {
	const names = new Intl.DisplayNames(['en'], { type: 'region' });
	return CODES.map((code) => ({ name: names.of(code) ?? code, value: code })).sort((a, b) =>
		a.name.localeCompare(b.name),
	);
}

/** A picker of countries. It asks nobody. */
export function searchCountries(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const code = filter?.toUpperCase();
	const results = countries().filter((one) => one.value === code || matching(filter)(one));
	return Promise.resolve({ results });
}

/**
 * The code of a country, by its code or its English name in either case.
 *
 * @throws BadInput for what is neither: HighLevel finds nobody by it, and refuses it in a contact
 */
export function toCountry(value: unknown): string {
	const low = toText(value, 'Country').trim().toLowerCase();
	const found = countries().find(
		(one) => one.value.toLowerCase() === low || one.name.toLowerCase() === low,
	);
	const code = found?.value ?? OTHER_WORDS[low];
	if (code !== undefined) return code;
	throw new BadInput(
		`“${toText(value, 'Country').trim()}” is not a country that HighLevel knows`,
		'Use the two letters of the country, such as US or DE, or its English name.',
	);
}

/** What people and other systems write in place of a code. */
const OTHER_WORDS: Record<string, string> = {
	usa: 'US',
	'u.s.a.': 'US',
	'u.s.': 'US',
	'united states of america': 'US',
	uk: 'GB',
	'great britain': 'GB',
	uae: 'AE',
	'czech republic': 'CZ',
	turkey: 'TR',
};
