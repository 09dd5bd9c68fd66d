import { succeeded, textOf } from '../engine/call/errors';
import { isObject } from '../engine/values';
import type { Account, Answer, Call, Problem } from '../engine/operation';
import { AGENCY_SCOPES, presetWith } from './accessPresets';

/** Why HighLevel's answer is no success; `undefined` for a success. */
export function problemOf(answer: Answer, call: Call, account: Account): Problem | undefined {
	if (succeeded(answer)) return undefined;
	const problem = readProblem(answer, call, account);
	const traceId = isObject(answer.body) ? answer.body.traceId : undefined;
	if (typeof traceId === 'string') problem.details = { ...problem.details, traceId };
	return problem;
}

/** The exchange of an agency's token for that of a location. */
const MINT = '/oauth/locationToken';

/** The search by a whole email or phone, which HighLevel opens to OAuth2 alone. */
export const LOOK_UP = '/contacts/lookup';

type More = Partial<Problem>;

const refused = (message: string, description?: string, more: More = {}): Problem => ({
	kind: 'refused',
	message,
	description,
	...more,
});

const ofEndpoint = { about: 'endpoint' } as const;
const ofAccount = { about: 'account' } as const;

/** A refusal of one location. Where a token for it is asked for, the agency's own token is good. */
const ofOneLocation = ({ template }: Call): More => (template === MINT ? {} : ofAccount);

function readProblem(answer: Answer, call: Call, account: Account): Problem {
	const said = textOf(answer.body);
	const because = said ? `: ${said}` : '';
	const status = answer.statusCode;
	const missing = () =>
		refused(
			`HighLevel found nothing there${because}`,
			'The record was deleted or merged, or belongs to another sub-account. Choose it again from the list, or check the ID.',
			{ missing: true },
		);
	const ofLocation = status < 500 && locationProblem(said, call, account);
	if (ofLocation) return ofLocation;
	const ofProvider = status < 500 && providerProblem(said);
	if (ofProvider) return ofProvider;
	const isUnknown = status === 404 || (status === 400 && /not found/i.test(said));
	if (call.template === MINT && isUnknown) return notCovered(call, account);
	// A token may be asked for again, whatever became of the first one.
	if (call.template === MINT && status >= 500) return unavailable(status);
	switch (status) {
		case 401:
			return unauthorized(said, call, account);
		case 403:
			return forbidden(call, account);
		case 404:
			return missing();
		case 400:
			// Some endpoints say 400 where others say 404.
			if (/not found/i.test(said)) return missing();
			if (/duplicate relation/i.test(said)) return { ...related };
			if (isTakenSlot(said, call)) return takenSlot();
			return duplicate(answer.body) ?? unexplained(status, because, call);
		case 422:
			return refused(
				`HighLevel does not accept these fields${because}`,
				'Correct or remove the fields that are named, then run this item again.',
				// HighLevel has refused fields of a new contact and made it all the same (its issue 64).
				{ maybeDone: call.method === 'POST' && call.template === '/contacts/' ? true : undefined },
			);
		case 429:
			return tooMany(answer);
		case 408:
		case 425:
		case 502:
		case 503:
		case 504:
			return unavailable(status);
		default:
			return unexplained(status, because, call);
	}
}

const unavailable = (status: number): Problem => ({
	kind: 'temporary',
	message: `HighLevel is not available at the moment (${status})`,
	description: 'Run this again later.',
});

function forbidden(call: Call, account: Account): Problem {
	const { values, refreshable } = account;
	// With a token of a sub-account HighLevel refuses this search altogether.
	if (call.template === '/locations/search') {
		return refused(
			'HighLevel does not let this token search locations',
			'The token of a private integration can read only its own location: use Location: Get.',
			ofEndpoint,
		);
	}
	if (call.template === MINT) return notCovered(call, account);
	const advice = refreshable
		? 'Check the field Location of the node and the ID of the record.'
		: 'Check the Location ID of the credential and the ID of the record, or use a token of that sub-account.';
	return refused(
		`HighLevel refuses this token access to location “${values.locationId}”`,
		`The token belongs to another sub-account, or the record does. ${advice}`,
	);
}

/** A location that takes no calls. HighLevel says so in words, with different statuses. */
function locationProblem(said: string, call: Call, account: Account): Problem | undefined {
	if (/location is not active/i.test(said)) {
		return refused(
			`The sub-account “${account.values.locationId}” is paused in HighLevel`,
			'Have the agency make it active again, then run the items that are left.',
			ofOneLocation(call),
		);
	}
	if (!/does not have access to (the )?following location/i.test(said)) return undefined;
	return notCovered(call, account);
}

/** About the conversation provider of a message. HighLevel says so in words, with different statuses. */
function providerProblem(said: string): Problem | undefined {
	if (/no conversation ?provider found for this message/i.test(said)) {
		return refused(
			'HighLevel does not let this connection set the status of this message',
			'Only the app whose conversation provider sends the message can do this: connect by OAuth2 with that app. In the first ten seconds after the message was created no app can: wait and try again.',
		);
	}
	if (!/conversation ?provider/i.test(said)) return undefined;
	return refused(
		`HighLevel does not take this conversation provider: ${said}`,
		'Copy the Conversation Provider ID from your app in HighLevel’s marketplace, and connect by OAuth2 with that app: a private integration cannot use it. Set Channel to Custom, or to SMS if that is refused too. The app must be installed in this sub-account.',
	);
}

const notCovered = (call: Call, { values: { locationId } }: Account): Problem =>
	refused(
		`The app is not installed in the sub-account “${locationId}”, or there is none with that ID in this agency`,
		'Install the app there (open the install link as an agency user and tick the sub-account), or check the Location ID. The list of the field Location shows where the app is installed.',
		ofOneLocation(call),
	);

/** Create puts out the relation that is there, where it can be found. */
const related: Problem = refused(
	'HighLevel says that these two records are already related, but does not list the relation',
	'Check the two records in HighLevel and their order: the first record must be of the first object of the association.',
	{ maybeDone: true },
);

/** What HighLevel says is all that is known. The call is for the details of the error. */
function unexplained(status: number, because: string, { method, template }: Call): Problem {
	const details = { call: `${method} ${template}` };
	if (status >= 500) {
		return refused(
			`HighLevel had an internal error (${status})${because}`,
			'Check in HighLevel whether the change was made, then run this item again.',
			{ details },
		);
	}
	return refused(
		`HighLevel does not accept this (${status})${because}`,
		'Correct what HighLevel names, then run this item again.',
		{ details },
	);
}

/** HighLevel documents that it refuses such a time, and not in which words. */
const takenSlot = (): Problem =>
	refused(
		'This time is not free in the calendar',
		'Choose one of the free slots from the list of Start, or get them with Free Slot: Get Many. To book it anyway, add Ignore Free Slots under Additional Fields (Update Fields in an update).',
	);

/** HighLevel answers 401 for much that no new token would mend. Its text tells the cases apart. */
function unauthorized(said: string, call: Call, account: Account): Problem {
	if (/not authorized for this scope/i.test(said)) return missingScope(call.scope ?? '', account);
	if (/access to this feature/i.test(said)) {
		return refused(
			'The HighLevel plan of this account does not include this feature',
			'The token is valid, but HighLevel says “You do not have access to this feature”. Ask the person who manages the plan of the sub-account, or leave this operation out.',
			call.template === MINT ? {} : ofEndpoint,
		);
	}
	if (/authClass|user type mismatch/i.test(said)) {
		if (call.template === LOOK_UP && !account.refreshable) return onlyOAuth2();
		if (account.refreshable) {
			return refused(
				'HighLevel needs the other type of token here: the agency’s, or a sub-account’s',
				'Connect the credential again: an agency user connects the whole agency, a user of a sub-account connects that one.',
				ofEndpoint,
			);
		}
		return refused(
			'This is an agency token, and contacts belong to a sub-account',
			'Create the token in the sub-account itself: Settings > Private Integrations there, not in the agency view. Each sub-account needs its own token. For many sub-accounts choose OAuth2 as Authentication: one connection of an agency user works for all of them.',
			ofAccount,
		);
	}
	if (/version header|IAM/i.test(said)) {
		return refused(
			`HighLevel does not open this endpoint: ${said}`,
			'Update this package. If the error stays, report it: HighLevel has changed this part of its API.',
			ofEndpoint,
		);
	}
	return {
		kind: 'expired',
		// A text about anything else may be about one record.
		...(isAboutToken(said) && ofAccount),
		message: 'HighLevel does not accept the token',
		description: account.refreshable
			? 'The connection may have been removed in HighLevel. Open the credential and connect it again.'
			: 'The token was rotated, deleted or copied incompletely. Copy the current token into the credential: Settings > Private Integrations in the sub-account.',
	};
}

/** The documentation says so; what HighLevel answers to a private integration there is not documented. */
const onlyOAuth2 = (): Problem =>
	refused(
		'HighLevel allows Look Up with OAuth2 only, and this credential is a private integration',
		'Set Authentication of the node to OAuth2 and connect with your own app. With a private integration, Find Duplicate finds a contact by its first email or phone.',
		ofEndpoint,
	);

const isAboutToken = (said: string) =>
	said === '' || /\b(token|jwt|unauthori[sz]ed|authorization|credentials?)\b/i.test(said);

function missingScope(scope: string, account: Account): Problem {
	const choice = AGENCY_SCOPES.includes(scope)
		? 'turn on Many Locations (Agency)'
		: `set Access to “${presetWith(scope)?.name ?? 'Custom'}” or more`;
	return refused(
		`The token lacks the scope ${scope || 'that this needs'}`,
		account.refreshable
			? `Open the credential, ${choice}, and connect again. The app in HighLevel must have the scope too.`
			: 'Add the scope to the private integration: Settings > Private Integrations in the sub-account.',
		{ ...ofEndpoint, details: scope ? { scope } : undefined },
	);
}

const isTakenSlot = (said: string, { template }: Call): boolean =>
	template.startsWith('/calendars/events/appointments') && /\bslot\b/i.test(said);

/** The location allows no duplicates: the answer names the contact that has the email or phone. */
function duplicate(body: unknown): Problem | undefined {
	const meta = isObject(body) && isObject(body.meta) ? body.meta : undefined;
	if (!meta || typeof meta.contactId !== 'string') return undefined;
	const { contactId } = meta;
	const matchingField =
		typeof meta.matchingField === 'string' ? meta.matchingField : 'email or phone';
	return refused(
		`A contact with this ${matchingField} already exists: ${contactId}`,
		'Update that contact, use Create or Update, or allow duplicate contacts in the settings of the location.',
		{ details: { contactId, matchingField } },
	);
}

function tooMany(answer: Answer): Problem {
	if (answer.headers['x-ratelimit-daily-remaining'] === '0') {
		return {
			kind: 'quota',
			message:
				'HighLevel accepts no more calls from this account today: its daily limit is used up',
			description:
				'A location has 200,000 calls a day for each app. Run the remaining items tomorrow.',
		};
	}
	return {
		kind: 'rate',
		message: 'HighLevel asks to slow down, even after several waits',
		description:
			'A location allows 100 calls in 10 seconds for each app. Something else is using the same account heavily.',
	};
}
