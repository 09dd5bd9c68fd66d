import * as engine from '../../../../nodes/ContactSync/reconcile';
import type {
	PlanInput,
	PlanOutput,
	Policy,
	SyncRecord,
} from '../../../../nodes/ContactSync/reconcile';
import { policy } from './policies';
import { World, itemsOf } from './world';

export type Keys = NonNullable<SyncRecord['keys']>;

/** A record with these keys and nothing else. */
export const record = (
	id: string,
	keys: Keys = {},
	more: Partial<SyncRecord> = {},
): SyncRecord => ({
	id,
	keys,
	fields: {},
	...more,
});

export const url = (slug: string): string => `https://www.linkedin.com/in/${slug}/`;

/** Plans a first meeting of these records. */
export function meet(
	A: readonly SyncRecord[],
	B: readonly SyncRecord[],
	more: Partial<Policy> = {},
	input: Partial<PlanInput> = {},
): PlanOutput {
	const world = new World(engine, policy(more));
	const sides = { A: { records: A, complete: true }, B: { records: B, complete: true } };
	return engine.plan(world.input({ sides, ...input }));
}

/** What became of the records: `a1=b1` linked, `a1+` to be created on the other side, `?` what is asked. */
export function found(plan: PlanOutput): string {
	const links = plan.links
		.filter(({ state }) => state === 'linked')
		.map(({ aId, bId }) => `${aId}=${bId}`);
	const creates = itemsOf(plan)
		.filter(({ action }) => action === 'create')
		.map(({ sourceId }) => `${sourceId}+`);
	const asked = plan.review
		.filter(({ kind, choose }) => kind !== 'unknownField' && choose === '')
		.map(({ kind, aId, bId }) => `? ${kind} ${aId} ${bId}`.trim());
	return [...links.sort(), ...creates.sort(), ...asked.sort()].join('; ');
}
