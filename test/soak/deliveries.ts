import type { AgencySandbox } from './agency';
import { ghlReceiver, heyReachReceiver, type Receiver } from './receivers';

/** Workflows that stay, half of each trigger. Each gets more deliveries than a trigger remembers. */
const LASTING = 20;
/** Of a round's deliveries so many go to workflows that come and go, each of which gets this many. */
const PASSING_SHARE = 0.4;
const PASSING_DELIVERIES = 40;
/** A repeat is at most this many deliveries late: a trigger remembers 5,000. */
const LATEST_REPEAT = 3_000;

/** What a delivery is, by its number in its workflow. */
type Kind = 'plain' | 'repeat' | 'forged' | 'hung up' | 'after hang-up' | 'open' | 'meanwhile';

function kindOf(number: number): Kind {
	if (number % 10 === 9) return 'repeat';
	const rare: Kind[] = ['plain', 'forged', 'hung up', 'after hang-up', 'open', 'meanwhile'];
	return rare[number % 100] ?? 'plain';
}

/** The number of the delivery whose ID it has. */
function originalOf(number: number): number {
	const kind = kindOf(number);
	if (kind === 'after hang-up' || kind === 'meanwhile') return number - 1;
	if (kind !== 'repeat') return number;
	// Those that end in 8 are plain.
	const late = Math.min(number - 9, ((number - 9) * 7) % LATEST_REPEAT);
	return number - 1 - late;
}

/** One workflow, and how far its deliveries have come. */
class Workflow {
	private number = 0;
	private open?: (statusCode?: number) => void;

	constructor(
		private readonly receiver: Receiver,
		private readonly id: string,
	) {}

	/** The next delivery. Throws when the workflow starts for one that it must not, or does not start. */
	async next(): Promise<Kind> {
		const number = this.number++;
		const kind = kindOf(number);
		const id = `${this.id}-delivery-${originalOf(number)}`;
		const { genuine, forged } = this.receiver;
		const sent = kind === 'forged' ? forged(id) : genuine(id);
		const isOpen = kind === 'open' || kind === 'hung up';
		const { isStarted, status, finish, hangUp } = await this.receiver.take({ ...sent, isOpen });
		if (kind === 'hung up') hangUp();
		if (isOpen) this.open = finish;
		if (kind === 'meanwhile') this.open?.();
		if (kind === 'after hang-up') this.open?.(500);
		const wanted = { forged: 401, meanwhile: 503, 'after hang-up': 503, repeat: 200 }[
			kind as string
		];
		if (isStarted !== (wanted === undefined) || status !== (wanted ?? 200)) {
			throw new Error(`Delivery ${number} of ${this.id} (${kind}): ${status}, ${isStarted}`);
		}
		return kind;
	}

	staticDataBytes(): number {
		return JSON.stringify(this.receiver.staticData() ?? {}).length;
	}

	async unpublish(): Promise<void> {
		await this.receiver.unpublish();
	}
}

/** Deliveries to n8n: some workflows stay for all of it, others are published and unpublished in a round. */
export class Deliveries {
	readonly counts: Record<string, number> = {};
	mostStaticData = 0;
	private workflows = 0;

	private constructor(
		private readonly sandbox: AgencySandbox,
		private readonly lasting: Workflow[],
	) {}

	static async begin(sandbox: AgencySandbox): Promise<Deliveries> {
		const lasting: Workflow[] = [];
		const deliveries = new Deliveries(sandbox, lasting);
		const { workspaces } = await sandbox.nextRound();
		for (let at = 0; at < LASTING; at++) lasting.push(await deliveries.publish(workspaces[at]));
		return deliveries;
	}

	async round(size: number): Promise<void> {
		const { workspaces } = await this.sandbox.nextRound();
		const passing = Math.round((size * PASSING_SHARE) / PASSING_DELIVERIES);
		for (let at = 0; at < passing; at++) {
			const workflow = await this.publish(workspaces[at % workspaces.length]);
			for (let number = 0; number < PASSING_DELIVERIES; number++) await this.deliver(workflow);
			await workflow.unpublish();
		}
		const rest = size - passing * PASSING_DELIVERIES;
		for (let at = 0; at < rest; at++) await this.deliver(this.lasting[at % LASTING]);
		const bytes = this.lasting.map((workflow) => workflow.staticDataBytes());
		this.mostStaticData = Math.max(this.mostStaticData, ...bytes);
	}

	private async deliver(workflow: Workflow): Promise<void> {
		const kind = await workflow.next();
		this.counts[kind] = (this.counts[kind] ?? 0) + 1;
	}

	private async publish(workspace: Parameters<typeof heyReachReceiver>[2]): Promise<Workflow> {
		const id = `workflow-${++this.workflows}`;
		const isGhl = this.workflows % 2 === 0;
		const { heyReachUrl } = this.sandbox;
		const receiver = isGhl ? ghlReceiver(id) : heyReachReceiver(id, heyReachUrl, workspace);
		return new Workflow(await receiver, id);
	}
}
