/** How HighLevel rewrites what it is given before it saves it. */

/** To E.164. The sandbox's location is in the US, so ten digits get +1. */
export function phoneNumber(given: string): string | undefined {
	const digits = given.replace(/\D/g, '');
	if (digits === '') return undefined;
	return given.trim().startsWith('+') || digits.length !== 10 ? `+${digits}` : `+1${digits}`;
}

const YEAR_FIRST = /^(?<year>\d{4})([-/._])(?<month>\d{2})\2(?<day>\d{2})$/;
const MONTH_FIRST = /^(?<month>\d{2})([-/._])(?<day>\d{2})\2(?<year>\d{4})$/;

/** A birth date in one of the documented forms as an ISO date-time; undefined for anything else. */
export function dateOfBirth(given: string): string | undefined {
	const { year, month, day } = (YEAR_FIRST.exec(given) ?? MONTH_FIRST.exec(given))?.groups ?? {};
	const time = Date.parse(`${year}-${month}-${day}T00:00:00.000Z`);
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Tags are saved lower-case, each once. */
export const tagNames = (given: string[]): string[] => [
	...new Set(given.map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== '')),
];

/** "Ada Lovelace King" is Ada, Lovelace King. */
export function splitName(name: string): { firstName?: string; lastName?: string } {
	const [firstName, ...rest] = name.trim().split(/\s+/);
	return { firstName: firstName || undefined, lastName: rest.join(' ') || undefined };
}
