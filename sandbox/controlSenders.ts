import type { FastifyInstance } from 'fastify';
import { SANDBOX } from './accounts';
import { count, object } from './controlSchemas';
import type { Sandbox } from './sandbox';

const ACTIONS = ['disconnect', 'reconnect', 'remove'] as const;

/** HeyReach's LinkedIn accounts, as LinkedIn and the people of the workspace change them. */
export async function controlSenders(
	app: FastifyInstance,
	{ sandbox }: { sandbox: Sandbox },
): Promise<void> {
	app.post<{
		Params: { id: number; action: (typeof ACTIONS)[number] };
		Body: { workspaceId?: number };
	}>(
		'/control/heyreach/senders/:id/:action',
		{
			schema: {
				params: object({ id: count, action: { enum: ACTIONS } }),
				body: object({ workspaceId: count }),
			},
		},
		({ params: { id, action }, body: { workspaceId = SANDBOX.heyReachWorkspaceId } }) => {
			const { senders } = sandbox.state.workspace(workspaceId);
			const sender = senders.get(id);
			if (sender === undefined) throw new Error(`No sender ${id} in workspace ${workspaceId}`);
			if (action === 'remove') senders.delete(id);
			else sender.authIsValid = action === 'reconnect';
			return { senders: [...senders.values()] };
		},
	);
}
