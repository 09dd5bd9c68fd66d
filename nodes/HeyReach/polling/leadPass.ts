import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import type { LeadEvent } from './events';
import { changedFields, hashFields, hashProfile } from './leadHash';
import { LeadTable, NOBODY, StatusTable, type Identity, type LeadEntry } from './leadTable';

/** The most leads, and the most places of leads in campaigns, that are watched. */
export const LEAD_LIMIT = 10_000;

/** The most leads for which the names of changed fields are known. */
export const NAMES_LIMIT = 2_000;

/** One lead of a list or a campaign, as it was read. */
export interface LeadRow extends Identity {
	profile: IDataObject;
	/** The row as HeyReach gave it. */
	row: IDataObject;
	/** In a campaign: the id of its place there, and its campaign, connection and message status. */
	place?: { id: string; statuses: string[] };
}

export interface LeadPage {
	rows: LeadRow[];
	/** How many there are in all, if the service says so. */
	total?: number;
}

/** An event of a lead. */
export interface LeadChange {
	event: LeadEvent;
	/** The place of its list or campaign among the chosen ones. */
	source: number;
	lead: LeadRow;
	/** For updates; `undefined` when there are too many leads to know. */
	changed?: string[];
	/** For changes of status: the statuses before; `undefined` when the lead was not there. */
	before?: string[];
}

export interface LeadState {
	/** The pass under way, 0 to 35. */
	pass: number;
	/** Above 0, an unknown lead was there before the trigger was activated. */
	silent: number;
	/**
	 * Whether rows have moved between two pages of the pass under way, so that one may have been
	 * missed.
	 */
	torn: boolean;
	/**
	 * Where the pass goes on. `last` is the row before: it is read again, to see whether it has
	 * moved.
	 */
	at: { source: number; offset: number; last?: string };
	leads: string;
	places: string;
	/** The names of statuses, which `places` refers to. */
	names: string[];
}

export interface LeadReading {
	/** How many lists and campaigns are chosen. */
	sources: number;
	events: Set<LeadEvent>;
	fields: readonly string[];
	/** The rows of a source from `offset` on; `undefined` when the poll's time is up. */
	read(source: number, offset: number): Promise<LeadPage | undefined>;
}

/** The most passes of the first reading, should rows move in each of them. */
const SILENT_PASSES = 3;

/** After a torn pass, a lead is gone only when it has been missing for this many passes. */
const TORN_PATIENCE = 5;

const PASSES = 36;

/** The statuses of a lead with which nothing has happened yet (docs/apis/heyreach.md#campaigns). */
const AT_REST = ['Pending', 'None', 'None'];

export function beginLeads(): LeadState {
	const at = { source: 0, offset: 0 };
	return {
		pass: 0,
		silent: SILENT_PASSES,
		torn: false,
		at,
		leads: '',
		places: '',
		names: [...AT_REST.slice(0, 2)],
	};
}

/**
 * Reads all chosen lists and campaigns once, or as far as the poll's time allows, and gives the
 * changes since the last pass. A row that has not been read is neither new nor gone.
 *
 * A lead in several sources is compared in one of them only, so that an edit is seen once. When the
 * lead leaves that source, another one is compared from then on. An edit at that moment is not
 * seen, since lists and campaigns show different parts of a profile.
 *
 * `state` stays as it is.
 *
 * @throws BadInput when there are too many leads
 */
export async function readLeads(
	state: LeadState,
	reading: LeadReading,
): Promise<{ state: LeadState; found: LeadChange[] }> {
	const pass = new Pass(state, reading);
	while (pass.at.source < reading.sources) {
		const { source, offset } = pass.at;
		const asked = Math.max(0, offset - 1);
		const page = await reading.read(source, asked);
		if (!page) break;
		pass.take(page, asked);
	}
	return { state: pass.end(), found: pass.found };
}

class Pass {
	readonly found: LeadChange[] = [];
	at: LeadState['at'];
	private torn: boolean;
	private readonly leads: LeadTable;
	private readonly places: StatusTable;
	private readonly names: string[];

	constructor(
		private readonly before: LeadState,
		private readonly reading: LeadReading,
	) {
		this.at = before.at;
		this.torn = before.torn;
		this.leads = new LeadTable(before.leads);
		this.places = new StatusTable(before.places);
		this.names = [...before.names];
	}

	/** Compares the rows of a page that was asked for at an offset, and moves on behind it. */
	take({ rows, total }: LeadPage, asked: number): void {
		const { source, offset, last } = this.at;
		if ((total ?? 0) > LEAD_LIMIT) throw tooMany();
		const overlaps = offset > 0;
		if (overlaps && (rows.length === 0 || nameOf(rows[0]) !== last)) this.torn = true;
		for (const lead of rows) this.compare(lead, source);
		const counts = [this.leads, this.places].map((table) => table.countOf(this.before.pass));
		if (Math.max(...counts) > LEAD_LIMIT) throw tooMany();

		const next = asked + rows.length;
		const isLast = next <= offset || (total !== undefined && next >= total);
		this.at = isLast
			? { source: source + 1, offset: 0 }
			: { source, offset: next, last: nameOf(rows[rows.length - 1]) };
	}

	end(): LeadState {
		const { before, leads, places, names, at, torn } = this;
		const isOver = at.source >= this.reading.sources;
		if (isOver) {
			const patience = torn ? TORN_PATIENCE : 1;
			const isLongAgo = (pass: number) => (before.pass - pass + PASSES) % PASSES >= patience;
			leads.forget(isLongAgo);
			places.forget(isLongAgo);
		}
		const tables = {
			leads: leads.pack(leads.size <= NAMES_LIMIT),
			places: places.pack(),
			names,
		};
		if (!isOver) return { ...before, ...tables, at, torn };
		return {
			...tables,
			pass: (before.pass + 1) % PASSES,
			silent: torn ? Math.max(0, before.silent - 1) : 0,
			torn: false,
			at: { source: 0, offset: 0 },
		};
	}

	private compare(lead: LeadRow, source: number): void {
		const { events } = this.reading;
		if (events.has('lead_created') || events.has('lead_updated')) this.compareLead(lead, source);
		if (lead.place && events.has('lead_status_changed')) this.comparePlace(lead, source);
	}

	private compareLead(lead: LeadRow, source: number): void {
		const known = this.leads.find(lead);
		const { pass } = this.before;
		if (known && this.belongsToAnother(known, source)) {
			this.leads.set(lead, { ...known, pass });
			return;
		}
		const { fields } = this.reading;
		const hash = hashProfile(lead.profile, fields);
		const hashes = this.leads.size <= NAMES_LIMIT ? hashFields(lead.profile, fields) : '';
		if (!known) {
			if (this.before.silent === 0) this.put({ event: 'lead_created', source, lead });
		} else if (known.source === source && known.hash !== hash) {
			const named = known.fields !== '' && hashes !== '';
			const changed = named ? changedFields(known.fields, hashes, fields) : undefined;
			this.put({ event: 'lead_updated', source, lead, changed });
		}
		this.leads.set(lead, { pass, source, seenThere: pass, hash, fields: hashes });
	}

	/**
	 * Whether the lead is compared in another source: one that had it in this pass, or one that is
	 * still to be read. A source whose rows have moved may have it unseen.
	 */
	private belongsToAnother({ source: own, seenThere }: LeadEntry, source: number): boolean {
		if (own === source || own === NOBODY) return false;
		return own > source || seenThere === this.before.pass || this.torn;
	}

	private comparePlace(lead: LeadRow, source: number): void {
		const { id, statuses } = lead.place as { id: string; statuses: string[] };
		const key = `${source.toString(36)}.${id}`;
		const known = this.places.get(key);
		const now = statuses.map((name) => this.numberOf(name));
		const before = known?.statuses.map((number) => this.names[number]);
		const isNews = before
			? now.some((number, at) => number !== known?.statuses[at])
			: this.before.silent === 0 && statuses.join() !== AT_REST.join();
		if (isNews) this.put({ event: 'lead_status_changed', source, lead, before });
		this.places.set(key, { pass: this.before.pass, statuses: now });
	}

	/** The place of a status among the names. One character holds 36 places. */
	private numberOf(name: string): number {
		const known = this.names.indexOf(name);
		if (known >= 0) return known;
		if (this.names.length < 36) return this.names.push(name) - 1;
		return 35;
	}

	private put(change: LeadChange): void {
		if (this.reading.events.has(change.event)) this.found.push(change);
	}
}

/** The name of a row within its source. */
function nameOf({ profileUrl, id, place }: LeadRow): string {
	return place?.id ?? profileUrl ?? id ?? '';
}

function tooMany(): BadInput {
	return new BadInput(
		`There are more than ${LEAD_LIMIT.toLocaleString('en')} leads in the chosen lists and campaigns, which is more than this trigger can watch`,
		'Choose fewer lists and campaigns, or use the template “Reconcile GHL contacts and HeyReach leads”: it compares all leads on a schedule and has no such limit.',
	);
}
