export interface SeedOptions {
	/** false: only the two locations and their tokens. */
	seed: boolean;
	/** false: no custom field exists. */
	seedCustomFields: boolean;
	/** false: the two LinkedIn custom fields do not exist. */
	linkedInFields: boolean;
	/** true: the workspaces of `SANDBOX.heyReachClients` exist, each with data of its own. */
	heyReachClients: boolean;
	/**
	 * The company has that many locations more (`clientLocationId(0)` and so on), each with a little
	 * data of its own, and those that `SANDBOX` names: paused, without the API, without the app, and one
	 * of another company.
	 */
	agency?: { locations: number };
	/** Which the dates of the seed's records count from; in `startSandbox` a Monday some weeks ago where absent. */
	firstDay: Date;
}
