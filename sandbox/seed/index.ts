import type { SandboxState } from '../state';
import { seedAgency } from './agency';
import { seedActivity } from './activity';
import { seedForms } from './forms';
import { seedHeyReach, seedWorkspaces } from './heyReach';
import { seedHeyReachClients } from './heyReachClients';
import { seedHighLevel, seedLocations } from './highLevel';
import { seedObjects } from './objects';
import { momentsFrom } from './moments';
import type { SeedOptions } from './options';

/**
 * Empties the state and fills it: always with the same data, dated from `firstDay` on. Due tasks and
 * submissions are dated from now.
 */
export function fill(state: SandboxState, options: SeedOptions): void {
	state.clear();
	const moment = momentsFrom(options.firstDay);
	seedLocations(state);
	seedWorkspaces(state);
	if (options.heyReachClients) seedHeyReachClients(state, moment);
	if (options.seed) {
		seedHighLevel(state, moment, options);
		seedActivity(state, moment);
		seedForms(state);
		seedObjects(state, moment);
		seedHeyReach(state, moment);
	}
	if (options.agency !== undefined) seedAgency(state, moment, options);
}
