import { SANDBOX } from '../accounts';
import type { SandboxState } from '../state';
import type { Grant } from './grant';

/** The app came into a location or went; without a location, into the agency or out of it. */
export interface InstallationChange {
	locationId?: string;
	isInstalled: boolean;
	/** Whether somebody of the agency did it. */
	isBulkInstallation: boolean;
	installToFutureLocations: boolean;
	approveAllLocations: boolean;
}

/** What an agency said about the rest of its locations. */
export interface Breadth {
	/** Whether locations that are made later get the app too. */
	installToFutureLocations: boolean;
	/** Whether the app was let into every location of the company. */
	approveAllLocations: boolean;
}

/** The locations that have the app. */
export class Installations {
	changed?: (change: InstallationChange) => void;
	/** Of the last agency grant. */
	installToFutureLocations = false;
	/** ISO times, by location id. */
	private readonly times = new Map<string, string>();

	constructor(private readonly state: SandboxState) {}

	has(locationId: string): boolean {
		return this.times.has(locationId);
	}

	installedAt(locationId: string): string | undefined {
		return this.times.get(locationId);
	}

	locationIds(): string[] {
		return [...this.times.keys()];
	}

	/**
	 * A grant of a sub-account's user brings the app into that location. One of an agency's user brings
	 * it into the locations that were ticked; where none is named, into all of the company but those
	 * that the state leaves out.
	 */
	install(grant: Grant): void {
		if (grant.locationId !== undefined) {
			this.put(grant.locationId, { isBulkInstallation: false, approveAllLocations: false });
			return;
		}
		const { installToFutureLocations, approveAllLocations } = this.breadth(grant);
		this.installToFutureLocations = installToFutureLocations;
		const { locationsLeftOut } = this.state;
		const ids = grant.ticked ?? this.ofCompany().filter((id) => !locationsLeftOut.has(id));
		if (ids.some((id) => !this.has(id))) {
			this.tell({ isInstalled: true, isBulkInstallation: true, approveAllLocations });
		}
		for (const id of ids) this.put(id, { isBulkInstallation: true, approveAllLocations });
	}

	/** Into one location, as somebody of the agency does it in HighLevel. */
	installIn(locationId: string): void {
		this.put(locationId, { isBulkInstallation: true, approveAllLocations: false });
	}

	/** `all`: out of the agency too. */
	remove(locationIds: string[], { all }: { all: boolean }): void {
		for (const locationId of locationIds) {
			if (this.times.delete(locationId)) this.tell({ locationId, isInstalled: false });
		}
		if (all) this.tell({ isInstalled: false });
	}

	breadth({ ticked, installToFutureLocations = false }: Grant): Breadth {
		return {
			installToFutureLocations,
			approveAllLocations:
				ticked === undefined || this.ofCompany().every((id) => ticked.includes(id)),
		};
	}

	clear(): void {
		this.times.clear();
		this.installToFutureLocations = false;
	}

	private ofCompany(): string[] {
		return [...this.state.locations.values()]
			.filter(({ companyId }) => companyId === SANDBOX.companyId)
			.map(({ id }) => id);
	}

	private put(
		locationId: string,
		how: Pick<InstallationChange, 'isBulkInstallation' | 'approveAllLocations'>,
	): void {
		if (this.has(locationId)) return;
		this.times.set(locationId, new Date().toISOString());
		this.tell({ locationId, isInstalled: true, ...how });
	}

	private tell(
		change: Partial<InstallationChange> & Pick<InstallationChange, 'isInstalled'>,
	): void {
		const { installToFutureLocations } = this;
		this.changed?.({
			isBulkInstallation: change.locationId === undefined,
			installToFutureLocations,
			approveAllLocations: false,
			...change,
		});
	}
}
