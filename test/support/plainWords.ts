/** Words that make a reader stop, each with what to say instead. */
const BANNED: Array<[RegExp, string]> = [
	[/\bshall\b/, 'should'],
	[/\bin a word\b/, 'Summary'],
	[/\bhangs? (on|at|from)\b/, 'attached to'],
	[/\bturns? in (no|a) circle\b/, 'never loops'],
	[/\bnot for ever\b|\bfor ever\b/, 'forever, or say how long'],
	[/\b(comes?|came) of (it|this|that|them)\b/, 'results'],
	[/\bwhat (comes|came) of\b/, 'the result of'],
	[/\bwhat (becomes?|became) of\b/, 'the result of, the status of'],
	[/\b(that|which) (are|is|was|were) there\b/, 'existing'],
	[/\b(is|are|was|were) there already\b/, 'already exists'],
	[/\b(is|are) no (longer )?there\b/, 'is missing'],
	[/\b(take|give|renew) the lease\b/, 'reserve the client'],
	[/\banew\b/, 'again'],
	[/\bwhoever\b|\bwhomever\b|\bwhosoever\b/, 'a person who, anyone who'],
	[/\bputs? out\b|\bputting out\b/, 'returns'],
	[/\bby itself\b|\bby themselves\b/, 'automatically, alone'],
	[/\bin place of\b/, 'instead of'],
	[/\bbeside\b/, 'in addition to, next to'],
	[/\bhalf read\b/, 'incomplete'],
	[/\bspans? of time\b/, 'time range'],
	[/\bmeans to (end|remove)\b/, 'plans to'],
	[/\bto any depth\b/, 'without a limit'],
	[/\bin (any|either) case\b/, 'always'],
	[/\bwithout a word\b/, 'silently'],
	[/\bwants\b/, 'needs, requires'],
	[/\bat hand\b/, 'available'],
	[/\bfor good\b/, 'permanently'],
	[/\bcalled elsewhere\b|\bmade elsewhere\b/, 'made in another system'],
	[/\bthe others? stays?\b/, 'other fields do not change'],
	[/\bstays? as (it is|they are)\b/, 'does not change'],
	[/\bnobody is told\b|\b(is|are|was|were) told\b/, 'is notified, you get a message'],
	[/\bone more time\b|\bonce more\b/, 'again'],
	[/\bto all intents\b|\bat all events\b/, 'leave out'],
	[
		/\bthereof\b|\btherein\b|\bthereby\b|\bwherein\b|\bwhereby\b|\bhereby\b|\bhence\b/i,
		'plain words',
	],
	[/\bwhence\b|\bhither\b|\bthither\b|\blest\b|\bnay\b|\balbeit\b/, 'plain words'],
	[/\bought to\b|\bneed not\b|\bmay not be\b|\bmust needs\b/, 'should, does not have to'],
	[/\bplans? what to write\b/, 'works out the changes'],
	[/\bnever writes itself\b/, 'does not write'],
	[/\ba person (shall|is to) decide\b/, 'a person should decide'],
	[/\bends the one before\b/, 'revokes the old one'],
	[
		/\bis to (be|have|do|go|get|run|write|send)\b|\bare to (be|have|do|go|get)\b/i,
		'must be, will be',
	],
	[/\bthe one before it\b/, 'the previous one'],
	[/\bwhat (there )?is to be\b/, 'what will be'],
	[/\bof the kind\b/, 'such'],
	[/\bmuch the same\b/, 'similar'],
	[/\bgone (over|through) the network\b/, 'sent'],
	[/\bso to speak\b|\bas it were\b/, 'leave out'],
	[/\bbrings? (it|them) about\b/, 'causes'],
	[/\bon the way\b/, 'in between'],
	[/\bbegins? again and again\b/, 'loops'],
	[/\bhalf[- ]way\b/, 'partly'],
	[/\bmake no difference\b|\bno matter what\b/, 'plain words'],
	[/\butilis|\butiliz|\bleverag|\bseamless|\bsynerg/, 'use'],
];

/** The places of `text` whose words are not plain, each with what to say instead. */
export function oddWordsIn(text: string): string[] {
	return BANNED.flatMap(([pattern, instead]) =>
		[...text.matchAll(new RegExp(pattern, 'gi'))].map(({ 0: found, index }) => {
			const around = text.slice(Math.max(0, index - 50), index + found.length + 40);
			return `${found} -> ${instead}: …${around.replace(/\s+/g, ' ')}…`;
		}),
	);
}
