import { SANDBOX, type FaultRequest } from '../../../sandbox';

export type ServiceName = 'highlevel' | 'heyreach';

/**
 * How a call may be met again after a fault that leaves open whether it was carried out: `safe` may
 * simply be sent a second time, for `lookedUp` the record is looked for first, `once` is left alone.
 */
export type Manner = 'safe' | 'lookedUp' | 'once';

/**
 * What becomes of the item whose call was hit, and how often the call is sent: `done` as if nothing
 * had been, `refused` with the error of the fault, `unsure` with the sentence that the call may have
 * been carried out.
 */
export type Promised = [outcome: 'done' | 'refused' | 'unsure', sent: number];

export interface FaultRow {
	name: string;
	fault: Partial<FaultRequest> & Pick<FaultRequest, 'kind'>;
	/** Absent: both. */
	only?: ServiceName;
	/** Whether the service does the work all the same. */
	worked?: true;
	safe: Promised;
	/** Where they are met otherwise. */
	lookedUp?: Promised;
	once?: Promised;
	/** What the error says of it, with either service. */
	says?: RegExp;
	/**
	 * Of a call for many records: the refusal may be about one of them, which is then found. Not where
	 * the call names a list or the like, which it must be about.
	 */
	ofRecord?: 'always' | 'withoutTarget';
	/** Tried with every operation, and not with one of each kind alone. */
	everywhere?: true;
	/** Takes as long as the timeout. */
	slow?: true;
}

const WAITED_OUT = { times: 9 };
const NO_ANSWER = /could not be reached: the connection was closed before an answer came/;

/** Not carried out, and the next try is answered. */
const gone = {
	safe: ['done', 2],
	lookedUp: ['done', 2],
	once: ['unsure', 1],
} satisfies Partial<FaultRow>;

/** Carried out, and nobody was told. */
const untold = {
	worked: true,
	safe: ['done', 2],
	lookedUp: ['done', 1],
	once: ['unsure', 1],
} satisfies Partial<FaultRow>;

const final = { safe: ['refused', 1] } satisfies Partial<FaultRow>;

const status = (code: number, message: unknown = 'Injected'): FaultRow['fault'] => ({
	kind: 'status',
	status: code,
	body: { statusCode: code, message, traceId: 'trace-1' },
});

const FAULTS: FaultRow[] = [
	{
		name: '429 with headers',
		fault: { kind: 'rateLimited', times: 2 },
		only: 'highlevel',
		safe: ['done', 3],
		everywhere: true,
	},
	{
		name: '429 without headers',
		fault: { kind: 'rateLimited', headers: {}, times: 2 },
		safe: ['done', 3],
	},
	{
		name: '429 with Retry-After',
		fault: { kind: 'rateLimited', headers: { 'retry-after': '2' } },
		safe: ['done', 2],
	},
	{
		name: '500',
		fault: status(500),
		...final,
		says: /(refused [A-Z]+ \/\S+|had an internal error) \(500\): Injected$/,
		everywhere: true,
	},
	{
		name: '500 whose words repeat the token',
		fault: status(500, `Injected for ${SANDBOX.privateToken}`),
		only: 'highlevel',
		...final,
		says: /(refused [A-Z]+ \/\S+|had an internal error) \(500\): Injected for \[hidden\]$/,
	},
	{
		name: '500 whose words repeat the key',
		fault: status(500, `Injected for ${SANDBOX.heyReachKey}`),
		only: 'heyreach',
		...final,
		says: /(refused [A-Z]+ \/\S+|had an internal error) \(500\): Injected for \[hidden\]$/,
	},
	{ name: '408', fault: status(408), ...gone, says: /not available at the moment \(408\)/ },
	{ name: '425', fault: status(425), ...gone, says: /not available at the moment \(425\)/ },
	{ name: '502', fault: status(502), ...gone, says: /not available at the moment \(502\)/ },
	{
		name: '503',
		fault: status(503),
		...gone,
		says: /not available at the moment \(503\)/,
		everywhere: true,
	},
	{ name: '504', fault: status(504), ...gone, says: /not available at the moment \(504\)/ },
	{
		name: '504 after the work',
		fault: { ...status(504), after: true },
		...untold,
		says: /not available at the moment \(504\)/,
	},
	{
		name: '503 for good',
		fault: { ...status(503), ...WAITED_OUT },
		safe: ['refused', 4],
		once: ['unsure', 1],
		says: /not available at the moment \(503\)/,
	},
	{ name: 'reset before the work', fault: { kind: 'reset' }, ...gone, says: NO_ANSWER },
	{
		name: 'reset for good',
		fault: { kind: 'reset', ...WAITED_OUT },
		safe: ['refused', 4],
		once: ['unsure', 1],
		says: NO_ANSWER,
		everywhere: true,
	},
	{
		name: 'reset after the work',
		fault: { kind: 'lostAnswer' },
		...untold,
		says: NO_ANSWER,
		everywhere: true,
	},
	{
		name: 'answer cut off in the middle',
		fault: { kind: 'cutOff' },
		...untold,
		says: /could not be reached/,
	},
	{
		name: 'silence until the timeout',
		fault: { kind: 'timeout' },
		...gone,
		says: /could not be reached: no answer came in time/,
		slow: true,
	},
	{
		name: 'malformed JSON after the work',
		fault: { kind: 'malformed', after: true },
		...untold,
		says: /gave an answer that cannot be read/,
		everywhere: true,
	},
	{
		name: 'malformed JSON in place of the work',
		fault: { kind: 'malformed' },
		...gone,
		says: /gave an answer that cannot be read/,
	},
	{
		name: 'error page of a proxy',
		fault: { kind: 'htmlPage' },
		...gone,
		says: /not available at the moment \(502\)/,
	},
	{
		name: 'page of a proxy with status 200',
		fault: { kind: 'htmlPage', status: 200 },
		...gone,
		says: /gave an answer that cannot be read/,
	},
	{
		name: 'token that is not accepted',
		fault: { kind: 'tokenRejected' },
		...final,
		says: /^(HighLevel does not accept the token|HeyReach does not accept the API key)$/,
	},
	{
		name: 'scope removed',
		fault: { kind: 'scopeRemoved' },
		...final,
		says: /^(The token lacks the scope (\S+|that this needs)|HeyReach refuses access: Not allowed with this key\.)$/,
		everywhere: true,
	},
	{
		name: 'location forbidden',
		fault: { kind: 'locationForbidden' },
		only: 'highlevel',
		...final,
		says: /^HighLevel refuses this token access to location “sbxLocation000000001”$/,
	},
	{
		name: 'location paused',
		fault: { kind: 'locationPaused' },
		only: 'highlevel',
		...final,
		says: /^The sub-account “sbxLocation000000001” is paused in HighLevel$/,
	},
	{
		name: 'app not installed in the location',
		fault: { kind: 'appNotInstalled' },
		only: 'highlevel',
		...final,
		says: /^The app is not installed in the sub-account “sbxLocation000000001”/,
	},
	{
		name: 'not in the plan of the account',
		fault: { kind: 'notInPlan' },
		only: 'highlevel',
		...final,
		says: /^The HighLevel plan of this account does not include this feature$/,
	},
	{
		name: 'quota used up',
		// Over again after a moment, so that the cases that follow have calls.
		fault: {
			kind: 'quotaUsedUp',
			headers: { 'x-ratelimit-daily-remaining': '0', 'x-ratelimit-daily-reset': '1' },
		},
		only: 'highlevel',
		...final,
		says: /accepts no more calls from this account today/,
	},
	{
		name: '422',
		fault: status(422, ['property x should not exist', 'y must be an email']),
		only: 'highlevel',
		...final,
		says: /^HighLevel does not accept these fields: property x should not exist; y must be an email$/,
		ofRecord: 'always',
		everywhere: true,
	},
	{
		name: '400 that names fields',
		fault: {
			kind: 'status',
			status: 400,
			body: { title: 'Not valid.', status: 400, errors: { Leads: ['It is required.'] } },
		},
		only: 'heyreach',
		...final,
		says: /^HeyReach (refused [A-Z]+ \/\S+|does not accept this) \(400\): Not valid\.$/,
		ofRecord: 'always',
		everywhere: true,
	},
	{
		name: '404',
		fault: status(404, 'Not here'),
		...final,
		says: /found nothing there: Not here$/,
		ofRecord: 'withoutTarget',
		everywhere: true,
	},
];

export const faultsOf = (service: ServiceName): FaultRow[] =>
	FAULTS.filter(({ only = service }) => only === service);
