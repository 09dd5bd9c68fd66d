import type { INode } from 'n8n-workflow';
import { BadInput } from './engine/badInput';
import { ApiFault, neverSent, toNodeError } from './engine/call/errors';
import type { ApplyFailure, PlanItem } from './planItem';

/** The state of a create: its call is sent, or is carried out. Without a state it was certainly not carried out. */
export type CreateState = 'begun' | 'done' | undefined;

/**
 * Why a plan item was not carried out. For a create `sent` says whether it may have been carried out all
 * the same.
 */
export function failureOf(
	error: unknown,
	node: INode,
	{ action }: Pick<PlanItem, 'action'>,
	state: CreateState,
): ApplyFailure {
	const { message, description } = toNodeError(node, error);
	const sent = state === 'done' || (state === 'begun' && mayBeDone(error));
	return {
		message,
		...(description && { description }),
		...(action === 'create' && { sent }),
	};
}

/** Whether a call that failed may have been carried out: its answer was lost, or is a fault of the service. */
export function mayBeDone(error: unknown): boolean {
	if (error instanceof BadInput) return false;
	if (!(error instanceof ApiFault)) return true;
	const { httpCode = '', problem } = error;
	if (problem.kind === 'temporary') return !neverSent(httpCode);
	if (problem.maybeDone) return true;
	return problem.kind === 'refused' && /^5\d\d$/.test(httpCode);
}

/** Whether a failure is about the account: the next call would meet it too. */
export const isOfAccount = (error: unknown): boolean => new AccountWatch().failed(error);

/**
 * Whether the account refuses everything: its quota of the day is used up, or its credential is refused.
 * After a success a single refusal of the credential may be a slip of the service, so the second one in a
 * row counts (as in `SharedRefusals` of the engine).
 */
export class AccountWatch {
	private hasWorked = false;
	private refusals = 0;

	worked(): void {
		this.hasWorked = true;
		this.refusals = 0;
	}

	/** @returns whether the account refuses everything from now on */
	failed(error: unknown): boolean {
		if (!(error instanceof ApiFault)) return false;
		if (error.problem.kind === 'quota') return true;
		if (error.problem.about !== 'account') return false;
		this.refusals++;
		return !this.hasWorked || this.refusals > 1;
	}
}
