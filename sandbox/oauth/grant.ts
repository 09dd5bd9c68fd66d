import type { AccessToken } from '../accounts';

/** What somebody allowed the app: these scopes, on one sub-account or on the agency. */
export interface Grant {
	level: AccessToken['level'];
	/** Absent on an agency grant. */
	locationId?: string;
	/**
	 * Agency grants only: the locations that were ticked. Absent: all of the company, but for those
	 * that `state.locationsLeftOut` names.
	 */
	ticked?: string[];
	/** Agency grants only: whether locations that are made later get the app too. */
	installToFutureLocations?: boolean;
	scopes: string[];
}
