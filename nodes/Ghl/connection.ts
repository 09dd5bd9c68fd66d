import { createHash } from 'node:crypto';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { checkedBaseUrl } from '../engine/baseUrl';
import { BadInput } from '../engine/badInput';
import { isObject, toText, unwrap } from '../engine/values';
import { parameterOf } from '../engine/call/parameter';
import type { Account, ApiContext, Connection } from '../engine/operation';
import { locationExchange, MINTS_AT_ONCE } from './locationToken';

type Credentials = Record<string, unknown>;

/** What a token opens. HighLevel's own names of the two kinds are in docs/apis/highlevel.md#agency. */
type Opens =
	| { locationId: string; companyId?: string }
	/** A whole agency: each of its locations has a token of its own, which this one is exchanged for. */
	| { locationId?: undefined; companyId: string };

interface Kind {
	credentialType: string;
	name: string;
	/** Whether n8n renews its token. */
	refreshable: boolean;
	/** The app of the token, which decides its rate budget. */
	app: (credentials: Credentials) => string;
	/** @throws Error with a sentence for the person when it opens nothing */
	opens: (credentials: Credentials) => Opens;
}

/** The ways to connect, by the value of the node's Authentication parameter. */
const KINDS: Record<string, Kind> = {
	oAuth2: {
		credentialType: 'ghlOAuth2Api',
		name: 'OAuth2',
		refreshable: true,
		app: (credentials) => String(credentials.clientId),
		opens: openedByToken,
	},
	privateIntegration: {
		credentialType: 'ghlPrivateIntegrationApi',
		name: 'Private Integration',
		refreshable: false,
		// Private integrations of one location share one budget.
		app: () => 'private',
		opens: (credentials) => {
			const locationId = textIn(credentials.locationId);
			if (locationId) return { locationId };
			throw new Error('The HighLevel credential has no Location ID. Open it and fill one in.');
		},
	},
};

/** What an OAuth2 token opens. n8n keeps all that came with the token. */
function openedByToken({ oauthTokenData }: Credentials): Opens {
	const token = isObject(oauthTokenData) ? oauthTokenData : {};
	if (!token.access_token) {
		throw new Error(
			'The HighLevel credential is not connected yet. Open it and choose Connect my account.',
		);
	}
	const companyId = textIn(token.companyId);
	// A location id may be left over from an earlier connection. The kind of token counts first.
	const locationId = token.userType === 'Company' ? '' : textIn(token.locationId);
	if (locationId) return { locationId, ...(companyId && { companyId }) };
	if (companyId) return { companyId };
	throw new BadInput(
		'The token of the HighLevel credential belongs to neither a sub-account nor an agency',
		'Open the credential and connect it again.',
	);
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const DEFAULT_KIND = 'privateIntegration';

/** The credentials of a HighLevel node, for its description. */
export const ghlCredentials = Object.entries(KINDS).map(([value, { credentialType }]) => ({
	name: credentialType,
	required: true,
	displayOptions: { show: { authentication: [value] } },
}));

/** The selector between them. */
export const authentication: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(KINDS).map(([value, { name }]) => ({ name, value })),
	default: DEFAULT_KIND,
};

/**
 * Reads the credential of the node. A token of one location opens that location alone. A token of an agency
 * opens each location in which the app is installed: the one that the item names, else the default of the
 * credential.
 */
export async function connect(context: ApiContext): Promise<Connection> {
	const chosen = parameterOf(context, 'authentication', 0, DEFAULT_KIND);
	const kind = KINDS[String(chosen)] ?? KINDS[DEFAULT_KIND];
	const { credentialType, refreshable } = kind;
	const credentials = await context.getCredentials<Credentials>(credentialType);
	const baseUrl = checkedBaseUrl(credentials.baseUrl);
	const opens = kind.opens(credentials);
	const fallback = textIn(credentials.defaultLocationId);
	const app = kind.app(credentials);
	const ofApp = `highlevel:${baseUrl}:${hashOf(app)}`;
	const { companyId, locationId } = opens;

	/** An account of that location or agency. */
	const account = (id: string, values: Record<string, string>): Account => ({
		credentialType,
		baseUrl,
		budgetKey: `${ofApp}:${id}`,
		refreshable,
		values: { ...values, ...(companyId && { companyId }) },
	});

	const wanted = locationReader(context);
	if (locationId !== undefined) {
		const owner = account(locationId, { locationId });
		const accountOf = (itemIndex: number) => {
			const named = toText(wanted(itemIndex) ?? '', 'Location').trim();
			if ((named || fallback || locationId) === locationId) return owner;
			throw named
				? otherLocation(named, locationId, refreshable)
				: otherDefault(fallback, locationId);
		};
		return { owner, accountOf };
	}

	const appId = app.split('-')[0];
	const owner = { ...account(`company:${companyId}`, { appId }), limit: MINTS_AT_ONCE };
	const { id } = context.getNode().credentials?.[credentialType] ?? {};
	const { scope } = credentials.oauthTokenData as Credentials;
	const key = `${id ?? ''}:${hashOf(`${companyId} ${String(scope)}`)}`;
	const accounts = new Map<string, Account>();
	const accountOf = (itemIndex: number) => {
		const asked = namedLocation(wanted(itemIndex), fallback);
		let known = accounts.get(asked);
		if (!known) {
			known = account(asked, { locationId: asked, appId });
			known.exchange = locationExchange(owner, `${key}:${known.budgetKey}`, companyId, asked);
			accounts.set(asked, known);
		}
		return known;
	};
	return { owner, accountOf };
}

const hashOf = (text: string): string =>
	createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What Location says for an item; read once where it is no expression, and the text “” where the node has none. */
function locationReader(context: ApiContext): (itemIndex: number) => unknown {
	const { location: written } = context.getNode().parameters;
	const raw = unwrap(written);
	const isExpression = [raw, written].some((one) => typeof one === 'string' && one.startsWith('='));
	// The editor gives what the expression finds now: null where that is nothing.
	if (raw === null || (raw === undefined && written !== undefined)) return () => undefined;
	if (!isExpression) return () => raw ?? '';
	if (!('continueOnFail' in context)) return () => evaluated(context);
	return (itemIndex) =>
		unwrap((context as IExecuteFunctions).getNodeParameter('location', itemIndex, ''));
}

/** Outside of a run there is no item that the expression could read. */
function evaluated(context: ApiContext): unknown {
	try {
		return unwrap(parameterOf(context, 'location', 0, ''));
	} catch {
		return undefined;
	}
}

/** Nothing says in which location to work. */
export class NoLocation extends BadInput {}

/** @throws NoLocation where no location is named */
function namedLocation(asked: unknown, fallback: string): string {
	// A blank is what is left of an expression with a space beside it that finds nothing.
	const isBlank = typeof asked === 'string' && asked !== '' && asked.trim() === '';
	if (asked === undefined || asked === null || isBlank) {
		throw new NoLocation(
			'“Location” is empty: its expression finds nothing',
			'Nothing was sent for this item, so that no wrong sub-account is changed. Check the expression. For the Default Location ID of the credential use an empty text: {{ $json.location_id ?? "" }}. To see the lists in the editor, choose a location From List for now.',
		);
	}
	const locationId = toText(asked, 'Location').trim() || fallback;
	if (locationId) return locationId;
	throw new NoLocation(
		'Choose a Location: the credential is connected for a whole agency, but contacts belong to one of its sub-accounts',
		'Choose it in the field Location of the node, or fill in Default Location ID in the credential.',
	);
}

function otherDefault(fallback: string, own: string): BadInput {
	return new BadInput(
		`The credential opens the location “${own}” only, but its Default Location ID is “${fallback}”`,
		'Clear Default Location ID in the credential, or let an agency user connect it: then it works for all sub-accounts in which the app is installed. Nothing was sent for this item.',
	);
}

function otherLocation(asked: string, own: string, refreshable: boolean): BadInput {
	return new BadInput(
		`The credential opens the location “${own}” only, but “${asked}” is asked for`,
		refreshable
			? 'Leave Location empty, or use a credential that an agency user has connected: it works for all sub-accounts in which the app is installed. Nothing was sent for this item.'
			: 'Leave Location empty, or use the credential of that sub-account: each has its own private integration. For many sub-accounts choose OAuth2. Nothing was sent for this item.',
	);
}
