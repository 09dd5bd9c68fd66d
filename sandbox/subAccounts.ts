import { SANDBOX } from './accounts';
import type { Location } from './ghl/records';
import type { OAuth } from './oauth/oauth';
import type { SandboxState } from './state';

/** A location as its agency sees it. */
export interface SubAccount {
	id: string;
	name: string;
	city: string;
	companyId: string;
	isPaused: boolean;
	hasApi: boolean;
	/** ISO time; null where the app is not installed. */
	installedAt: string | null;
}

/**
 * What an agency does with its locations in HighLevel, which no call of the app can. Each throws where
 * there is no such location.
 */
export class SubAccounts {
	constructor(
		private readonly state: SandboxState,
		private readonly oauth: OAuth,
	) {}

	list(): Array<SubAccount & { contacts: number }> {
		const contacts = new Map<string, number>();
		for (const { locationId } of this.state.contacts.values()) {
			contacts.set(locationId, (contacts.get(locationId) ?? 0) + 1);
		}
		return [...this.state.locations.values()].map((location) => ({
			...this.view(location),
			contacts: contacts.get(location.id) ?? 0,
		}));
	}

	/** Every call there answers 400 from now on. */
	pause(id: string): SubAccount {
		const location = this.location(id);
		this.state.pausedLocations.add(id);
		return this.view(location);
	}

	resume(id: string): SubAccount {
		const location = this.location(id);
		this.state.pausedLocations.delete(id);
		return this.view(location);
	}

	install(id: string): SubAccount {
		const location = this.location(id);
		this.oauth.installations.installIn(id);
		return this.view(location);
	}

	/** The tokens of that location are gone; the agency's stays. */
	uninstall(id: string): SubAccount {
		const location = this.location(id);
		this.oauth.uninstall([id], { all: false });
		return this.view(location);
	}

	/** A new one without data. It has the app where the agency let it into future locations. */
	add(name: string): SubAccount {
		const location: Location = {
			...this.location(SANDBOX.locationId),
			id: this.state.ids.next('location'),
			name,
		};
		this.state.locations.set(location.id, location);
		if (this.oauth.installations.installToFutureLocations) this.install(location.id);
		return this.view(location);
	}

	private location(id: string): Location {
		const location = this.state.locations.get(id);
		if (location === undefined) throw new Error(`No location ${id}`);
		return location;
	}

	private view({ id, name, city, companyId }: Location): SubAccount {
		const { pausedLocations, locationsWithoutApi } = this.state;
		return {
			id,
			name,
			city,
			companyId,
			isPaused: pausedLocations.has(id),
			hasApi: !locationsWithoutApi.has(id),
			installedAt: this.oauth.installations.installedAt(id) ?? null,
		};
	}
}
