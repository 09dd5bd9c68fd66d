import { APP } from '../oauth/app';
import { MINT_PATH } from '../oauth/mints';
import { badRequest, forbidden, notInstalled, pausedLocation, wrongLocation } from './errors';
import type { Location } from './records';
import { route } from './route';
import type { Call, Route } from './route';
import { closed, flag, requiredText, text, wholeNumber } from './validate';

/** Where the app is installed, and tokens for those places. */

interface InstalledQuery {
	companyId: string;
	appId: string;
	skip?: number;
	limit?: number;
	query?: string;
	isInstalled?: boolean;
	versionId?: string;
	onTrial?: boolean;
	locationId?: string;
}

function installedLocations({ state, oauth, token, query }: Call<unknown, InstalledQuery>): object {
	const { companyId, appId, skip = 0, limit = 20, isInstalled, versionId, locationId } = query;
	checkCompany(companyId, token.companyId);
	checkApp(appId);
	const ofCompany = [...state.locations.values()].filter(
		(location) => location.companyId === token.companyId,
	);
	const rows = ofCompany.map((location) => {
		const installedAt = oauth.installations.installedAt(location.id);
		return {
			_id: location.id,
			name: location.name,
			address: wholeAddress(location),
			isInstalled: installedAt !== undefined,
			...(installedAt && { installedAt, versionId: APP.versionId }),
		};
	});
	const found = rows.filter(
		(row) =>
			(isInstalled === undefined || row.isInstalled === isInstalled) &&
			(versionId === undefined || row.versionId === versionId) &&
			(locationId === undefined || row._id === locationId) &&
			// There is no trial here.
			query.onTrial !== true &&
			row.name.toLowerCase().includes((query.query ?? '').toLowerCase()),
	);
	return {
		locations: found.slice(skip, skip + limit),
		// "Total location count under the company": neither the filters nor the page make it smaller.
		count: rows.length,
		installToFutureLocations: oauth.installations.installToFutureLocations,
	};
}

/** As the API description shows it, e.g. "47 W 13th St, New York, NY 10011, US". */
const wholeAddress = ({ address, city, state, postalCode, country }: Location): string =>
	`${address}, ${city}, ${state} ${postalCode}, ${country}`;

/**
 * A token for one location of the agency's. Seen live: 403 to what the token cannot reach, and the
 * text of `notInstalled` where the app is not in the location. That this is a 400, and that it is
 * also the answer to an id that nobody has, is a guess; so is the 400 of a paused location coming
 * after it.
 */
function mint({ state, oauth, token, body }: Call<Mint, unknown>): object {
	const { companyId, locationId } = body;
	checkCompany(companyId, token.companyId);
	const location = state.locations.get(locationId);
	if (location !== undefined && location.companyId !== token.companyId) throw wrongLocation();
	if (!oauth.installations.has(locationId)) throw notInstalled();
	if (state.pausedLocations.has(locationId)) throw pausedLocation();
	return oauth.locationToken(token, locationId);
}

interface Mint {
	companyId: string;
	locationId: string;
}

interface Uninstall {
	companyId?: string;
	locationId?: string;
	reason?: string;
}

/** A sub-account token takes its own location out; an agency token the one named, or all. */
function uninstall({ oauth, token, params, body }: Call<Uninstall, unknown>): object {
	checkApp(params.appId);
	if (body.companyId !== undefined) checkCompany(body.companyId, token.companyId);
	const id = token.locationId ?? body.locationId;
	oauth.uninstall(id === undefined ? oauth.installations.locationIds() : [id], {
		all: id === undefined,
	});
	return { success: true };
}

function checkCompany(asked: string, own: string): void {
	if (asked !== own) throw forbidden('The token does not have access to this company.');
}

function checkApp(appId: string): void {
	if (appId !== APP.id) throw badRequest(`No integration found with the ID: ${appId}`);
}

export const installations: Route[] = [
	route<unknown, InstalledQuery>({
		method: 'GET',
		path: '/oauth/installedLocations',
		scope: 'oauth.readonly',
		access: ['Agency-Access-Only'],
		query: closed(
			{
				companyId: requiredText,
				appId: requiredText,
				skip: wholeNumber(0),
				limit: wholeNumber(1, 100),
				query: text,
				isInstalled: flag,
				versionId: text,
				onTrial: flag,
				planId: text,
				locationId: text,
			},
			['companyId', 'appId'],
		),
		handle: installedLocations,
	}),
	route<Mint>({
		method: 'POST',
		path: MINT_PATH,
		scope: 'oauth.write',
		needsScope: ({ mintNeedsScope }) => mintNeedsScope,
		access: ['Agency-Access-Only'],
		encoding: 'form',
		// Seen live; the API description says 200.
		status: 201,
		body: closed({ companyId: requiredText, locationId: requiredText }, [
			'companyId',
			'locationId',
		]),
		handle: mint,
	}),
	route<Uninstall>({
		method: 'DELETE',
		path: '/marketplace/app/:appId/installations',
		scope: 'oauth.write',
		access: ['Location-Access-Only', 'Agency-Access'],
		body: closed({ companyId: text, locationId: text, reason: text }),
		handle: uninstall,
	}),
];
