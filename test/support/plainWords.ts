/** Words that make a reader stop, each with what to say instead. */
const BANNED: Array<[RegExp, string]> = [
	[/\bshall\b/i, 'should'],
	[/\bin a word\b/i, 'Summary'],
	[/\bhangs? (on|at|from)\b/i, 'attached to'],
	[/\bturns? in (no|a) circle\b/i, 'never loops'],
	[/\bnot for ever\b|\bfor ever\b/i, 'forever, or say how long'],
	[/\b(comes?|came) of (it|this|that|them)\b/i, 'results'],
	[/\bwhat (comes|came) of\b/i, 'the result of'],
	[/\bwhat (becomes?|became) of\b/i, 'the result of, the status of'],
	[/\b(that|which) (are|is|was|were) there\b/i, 'existing'],
	[/\b(is|are|was|were) there already\b/i, 'already exists'],
	[/\b(is|are) no (longer )?there\b/i, 'is missing'],
	[/\b(take|give|renew) the lease\b/i, 'reserve the client'],
	[/\banew\b/i, 'again'],
	[/\bwhoever\b|\bwhomever\b|\bwhosoever\b/i, 'a person who, anyone who'],
	[/\bputs? out\b|\bputting out\b/i, 'returns'],
	[/\bnobody\b/i, 'no one, no contact, no user'],
	[/\beverybody\b|\bsomebody\b/i, 'everyone, someone, or name them'],
	[/\bby itself\b|\bby themselves\b/i, 'automatically, alone'],
	[/\bin place of\b/i, 'instead of'],
	[/\bbeside\b/i, 'in addition to, next to'],
	[/\bhalf read\b/i, 'incomplete'],
	[/\bspans? of time\b/i, 'time range'],
	[/\bmeans to (end|remove)\b/i, 'plans to'],
	[/\bto any depth\b/i, 'without a limit'],
	[/\bin (any|either) case\b/i, 'always'],
	[/\bwithout a word\b/i, 'silently'],
	[/\bwants\b/i, 'needs, requires'],
	[/\bat hand\b/i, 'available'],
	[/\bfor good\b/i, 'permanently'],
	[/\bcalled elsewhere\b|\bmade elsewhere\b/i, 'made in another system'],
	[/\bthe others? stays?\b/i, 'other fields do not change'],
	[/\bstays? as (it is|they are)\b/i, 'does not change'],
	[/\bnobody is told\b|\b(is|are|was|were) told\b/i, 'is notified, you get a message'],
	[/\bone more time\b|\bonce more\b/i, 'again'],
	[/\bto all intents\b|\bat all events\b/i, 'leave out'],
	[
		/\bthereof\b|\btherein\b|\bthereby\b|\bwherein\b|\bwhereby\b|\bhereby\b|\bhence\b/i,
		'plain words',
	],
	[/\bwhence\b|\bhither\b|\bthither\b|\blest\b|\bnay\b|\balbeit\b/i, 'plain words'],
	[/\bought to\b|\bneed not\b|\bmay not be\b|\bmust needs\b/i, 'should, does not have to'],
	[/\bplans? what to write\b/i, 'works out the changes'],
	[/\bnever writes itself\b/i, 'does not write'],
	[/\ba person (shall|is to) decide\b/i, 'a person should decide'],
	[/\bends the one before\b/i, 'revokes the old one'],
	[
		/\bis to (be|have|do|go|get|run|write|send)\b|\bare to (be|have|do|go|get)\b/i,
		'must be, will be',
	],
	[/\bthe one before it\b/i, 'the previous one'],
	[/\bwhat (there )?is to be\b/i, 'what will be'],
	[/\bof the kind\b/i, 'such'],
	[/\bmuch the same\b/i, 'similar'],
	[/\bgone (over|through) the network\b/i, 'sent'],
	[/\bso to speak\b|\bas it were\b/i, 'leave out'],
	[/\bbrings? (it|them) about\b/i, 'causes'],
	[/\bon the way\b/i, 'in between'],
	[/\bbegins? again and again\b/i, 'loops'],
	[/\bhalf[- ]way\b/i, 'partly'],
	[/\bmake no difference\b|\bno matter what\b/i, 'plain words'],
	[/\butilis|\butiliz|\bleverag|\bseamless|\bsynerg/i, 'use'],
];

/** Words of `text` that are not plain, each with what to say instead: `shall -> should`. */
export function oddWordsIn(text: string): string[] {
	return BANNED.flatMap(([pattern, instead]) => {
		const found = pattern.exec(text);
		if (!found) return [];
		const around = text.slice(Math.max(0, found.index - 40), found.index + found[0].length + 30);
		return [`${found[0]} -> ${instead}: …${around.replace(/\s+/g, ' ')}…`];
	});
}
