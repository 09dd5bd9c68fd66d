import { SIDES } from '../state/compilePolicy';
import { count } from './reviewRow';
import type { BrakeReport, Summary } from '../contract/output';
import type { Both, BrakeName } from '../contract/input';

/** What the records of each side are called. */
export const RECORDS: Both<string> = { A: 'contact', B: 'lead' };

/** What lifts a brake for one run, as it is called in Allow Once. */
const ALLOW_ONCE: Partial<Record<BrakeName, string>> = {
	emptySide: 'Empty Side',
	creates: 'New Records',
	updates: 'Updates',
	gone: 'Records Gone',
};

/** What the run does, or would do, for somebody who knows the contacts and not the software. */
export function summaryText(summary: Summary): string {
	const { brakes, questions } = summary;
	const sentences = [
		...happening(summary),
		...brakes.filter(({ brake }) => brake === 'halfRead').map(({ sentence }) => sentence),
	];
	if (questions > 0)
		sentences.push(
			`${count(questions, 'question')} ${questions === 1 ? 'waits' : 'wait'} for an answer in Needs Review.`,
		);
	return sentences.join(' ');
}

function happening(summary: Summary): string[] {
	const { brakes, dryRun, mode, previewOnly } = summary;
	if (!previewOnly) return [`${planned(summary, 'will be')}.`];
	const stops = brakes.filter(({ brake, tripped }) => tripped && brake !== 'newPolicy');
	const isNew = brakes.some(({ brake, tripped }) => tripped && brake === 'newPolicy');
	if (isNew && mode === 'partial' && !dryRun) return [OTHER_SETTINGS];
	const would = planned(summary, 'would be');
	const nothing = isWork(summary) ? '; nothing was written.' : '.';
	if (dryRun)
		return [
			`Dry run: ${would}${nothing}`,
			...next('Without Dry Run the run would stop', stops, 'Turn Dry Run off to carry this out.'),
		];
	if (isNew)
		return [
			`Preview: ${would}${nothing}`,
			...next(
				'The next run would stop',
				stops,
				isWork(summary)
					? 'Run it again to carry this out.'
					: 'These settings hold from the next run on.',
			),
		];
	return next('Nothing was written', stops, '');
}

/** In a partial run no preview helps: nobody looks at it, and the next full run has other settings again. */
const OTHER_SETTINGS =
	'Nothing was written, because these settings are not those of the last full run. Make them the same as there, or make a full run with these.';

/** What a tripped brake means for the next run, or else what to do. */
function next(says: string, stops: readonly BrakeReport[], otherwise: string): string[] {
	if (stops.length === 0) return [otherwise];
	const reasons = stops.map(({ reason }) => reason);
	return [`${says}, because ${reasons.join('; ')}.`, remedy(stops)];
}

/** How the brakes are lifted. One number counts for both sides. */
export function remedy(stops: readonly Pick<BrakeReport, 'brake' | 'measured'>[]): string {
	const most = new Map<string, number>();
	for (const { brake, measured } of stops) {
		const label = ALLOW_ONCE[brake];
		if (label) most.set(label, Math.max(measured, most.get(label) ?? 0));
	}
	const settings = [...most].map(([label, measured]) => `“${label}” to ${measured}`);
	return `If this is right, set ${joined(settings)} under Allow Once for one run; else look for what is wrong.`;
}

function isWork({ sides, pairs }: Summary): boolean {
	const { A, B } = sides;
	return A.creates + A.updates + B.creates + B.updates + pairs.newlyLinked + pairs.unlinked > 0;
}

/** @param auxiliary said once, of all that is done */
function planned(summary: Summary, auxiliary: 'will be' | 'would be'): string {
	const { pairs, sides, calls, secondsLeft } = summary;
	const records = (what: 'creates' | 'updates') =>
		SIDES.filter((side) => sides[side][what] > 0).map((side) =>
			count(sides[side][what], RECORDS[side]),
		);
	const people = (number: number) => (number > 0 ? [count(number, 'person', 'people')] : []);
	const done = [
		{ who: records('updates'), verb: 'updated' },
		{ who: records('creates'), verb: 'created' },
		{ who: people(pairs.newlyLinked), verb: 'linked' },
		{ who: people(pairs.unlinked), verb: 'unlinked' },
	].filter(({ who }) => who.length > 0);
	if (done.length === 0) return nothing(summary, auxiliary);
	const parts = done.map(
		({ who, verb }, at) => `${joined(who)} ${at === 0 ? `${auxiliary} ` : ''}${verb}`,
	);
	const cost =
		calls > 0 ? ` (${count(calls, 'call')}, ${duration(secondsLeft)} at the services’ limits)` : '';
	return joined(parts) + cost;
}

function nothing({ pairs, previewOnly }: Summary, auxiliary: string): string {
	const { inSync, linked } = pairs;
	const start = `${previewOnly ? 'nothing' : 'Nothing'} ${auxiliary} written`;
	if (linked === 0) return start;
	return inSync === linked
		? `${start}: ${linked === 1 ? 'the linked pair is' : `all ${count(linked, 'linked pair')} are`} in step`
		: `${start}: ${count(inSync, 'of', 'of')} ${count(linked, 'linked pair')} are in step`;
}

/** @param seconds at the limits of the services */
function duration(seconds: number): string {
	const minutes = Math.ceil(seconds / 60);
	if (minutes <= 1) return 'less than a minute';
	if (minutes < 120) return `about ${minutes} minutes`;
	const hours = Math.floor(minutes / 60);
	return minutes % 60 === 0
		? `about ${hours} hours`
		: `about ${hours} hours ${count(minutes % 60, 'minute')}`;
}

function joined(parts: readonly string[]): string {
	if (parts.length < 2) return parts.join('');
	return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
