import type { SandboxState } from '../state';
import { seedAgency } from './agency';
import { seedActivity } from './activity';
import { seedForms } from './forms';
import { seedHeyReach, seedWorkspaces } from './heyReach';
import { seedHeyReachClients } from './heyReachClients';
import { seedHighLevel, seedLocations } from './highLevel';
import { seedObjects } from './objects';
import type { SeedOptions } from './options';

/** Empties the state and fills it: always with the same data, but for the dates of due tasks and of submissions. */
export function fill(state: SandboxState, options: SeedOptions): void {
	state.clear();
	seedLocations(state);
	seedWorkspaces(state);
	if (options.heyReachClients) seedHeyReachClients(state);
	if (options.seed) {
		seedHighLevel(state, options);
		seedActivity(state);
		seedForms(state);
		seedObjects(state);
		seedHeyReach(state);
	}
	if (options.agency !== undefined) seedAgency(state, options.agency.locations, options);
}
