import { APP } from '../oauth/app';
import { badRequest, forbidden, notFound } from './errors';
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
	const rows = [...state.locations.values()].map(({ id, name, address, city }) => {
		const installedAt = oauth.installations.get(id);
		return {
			_id: id,
			name,
			address: `${address}, ${city}`,
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
		count: found.length,
		installToFutureLocations: false,
	};
}

interface Uninstall {
	companyId?: string;
	locationId?: string;
	reason?: string;
}

/** A sub-account token takes its own location out; an agency token the one named, or all. */
function uninstall({ state, oauth, token, params, body }: Call<Uninstall, unknown>): object {
	checkApp(params.appId);
	if (body.companyId !== undefined) checkCompany(body.companyId, token.companyId);
	const id = token.locationId ?? body.locationId;
	oauth.uninstall(id === undefined ? [...state.locations.keys()] : [id], {
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
				limit: wholeNumber(1),
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
	route<{ companyId: string; locationId: string }>({
		method: 'POST',
		path: '/oauth/locationToken',
		scope: 'oauth.write',
		access: ['Agency-Access-Only'],
		encoding: 'form',
		// Seen live; the API description says 200.
		status: 201,
		body: closed({ companyId: requiredText, locationId: requiredText }, [
			'companyId',
			'locationId',
		]),
		handle: ({ state, oauth, token, body: { companyId, locationId } }) => {
			checkCompany(companyId, token.companyId);
			if (!state.locations.has(locationId)) throw notFound('Location', locationId);
			return oauth.locationToken(token, locationId);
		},
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
