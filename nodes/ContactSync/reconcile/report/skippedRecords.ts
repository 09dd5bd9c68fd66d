import { SIDES, order, other } from '../state/compilePolicy';
import type { SkipReason, SkippedRecord } from '../contract/output';
import { nameOf } from '../state/planRun';
import type { PlanRun } from '../state/planRun';
import type { Both, SyncRecord } from '../contract/input';

/** The sentence for each reason to skip a record. `here` is its service, `there` the other one. */
const SENTENCES: Record<SkipReason, (names: { here: string; there: string }) => string> = {
	noCounterpart: ({ there }) =>
		`Not in ${there}, and this run is not set to create records in ${there}.`,
	missingRequired: ({ there }) =>
		`Cannot be created in ${there}: a field that ${there} needs, or an e-mail or LinkedIn address to find it again by, is blank.`,
	unreadableAddress: ({ there }) =>
		`Neither found nor created in ${there}: the LinkedIn address cannot be read: `,
	doNotCreate: ({ there }) => `Not created in ${there}: `,
	unknownStatus: ({ here, there }) =>
		`Not created in ${there}: ${here} does not tell whether it has accepted or answered.`,
	tombstone: ({ there }) => `Was in ${there} before and is gone there, so it is not created again.`,
	keptApart: ({ there }) =>
		`Has a key of a ${there} record that was marked as another person, so it is neither linked nor created.`,
	createUnderWay: ({ there }) => `Is being created in ${there}: waits until it shows there.`,
	halfRead: () => 'A side was not read to its end, so no record was linked or created.',
	waitsForFullRun: () => 'Not linked yet: waits for the next full run.',
	alias: () => 'A former id of a linked record.',
	counterpartUnseen: ({ there }) => `Its ${there} record was not read in this run.`,
	gone: ({ there }) => `Gone in ${there}: no longer linked.`,
};

export function listSkipped(run: PlanRun): SkippedRecord[] {
	const { names } = run.policy;
	const list: SkippedRecord[] = [];
	const texts: Both<Map<SkipReason, string>> = { A: new Map(), B: new Map() };
	for (const side of SIDES) {
		for (const [at, reason] of run[side].skipped) {
			const record = run[side].records[at];
			let sentence = texts[side].get(reason);
			if (sentence === undefined) {
				sentence = SENTENCES[reason]({ here: names[side], there: names[other(side)] });
				texts[side].set(reason, sentence);
			}
			if (reason === 'unreadableAddress') sentence += `“${addressOf(record)}”.`;
			if (reason === 'doNotCreate') sentence += `${record.doNotCreate}.`;
			list.push({ side, id: record.id, name: nameOf(record), reason, sentence });
		}
	}
	return list.sort((a, b) => order(a.side, b.side) || order(a.id, b.id));
}

function addressOf({ keys }: SyncRecord): string {
	return [keys?.linkedIn, keys?.handle].flat().filter(Boolean).join(' ');
}
