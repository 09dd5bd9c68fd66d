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
	contacts: number;
}

/** What an agency does with its locations in HighLevel, which no call of the app can. */
export class SubAccounts {
	constructor(
		private readonly state: SandboxState,
		private readonly oauth: OAuth,
	) {}

	list(): SubAccount[] {
		return [...this.state.locations.values()].map((location) => this.view(location));
	}

	/** Throws where there is none. */
	get(id: string): SubAccount {
		return this.view(this.location(id));
	}

	/** Every call there answers 400 from now on. */
	pause(id: string): void {
		this.state.pausedLocations.add(this.location(id).id);
	}

	resume(id: string): void {
		this.state.pausedLocations.delete(this.location(id).id);
	}

	install(id: string): void {
		this.oauth.installations.installIn(this.location(id).id);
	}

	/** The tokens of that location are gone; the agency's stays. */
	uninstall(id: string): void {
		this.oauth.uninstall([this.location(id).id], { all: false });
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
		const { pausedLocations, locationsWithoutApi, contacts } = this.state;
		return {
			id,
			name,
			city,
			companyId,
			isPaused: pausedLocations.has(id),
			hasApi: !locationsWithoutApi.has(id),
			installedAt: this.oauth.installations.installedAt(id) ?? null,
			contacts: [...contacts.values()].filter(({ locationId }) => locationId === id).length,
		};
	}
}
