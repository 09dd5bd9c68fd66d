export interface SeedOptions {
	/** false: only the two locations and their tokens. */
	seed: boolean;
	/** false: no custom field exists. */
	seedCustomFields: boolean;
	/** false: the two LinkedIn custom fields do not exist. */
	linkedInFields: boolean;
	/** true: the workspaces of `SANDBOX.heyReachClients` exist, each with data of its own. */
	heyReachClients: boolean;
}
