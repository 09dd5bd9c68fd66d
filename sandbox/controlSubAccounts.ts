import type { FastifyInstance } from 'fastify';
import { object, text } from './controlSchemas';
import type { Sandbox } from './sandbox';

const ACTIONS = ['pause', 'resume', 'install', 'uninstall'] as const;

/** HighLevel's locations as their agency sees and changes them. */
export async function controlSubAccounts(
	app: FastifyInstance,
	{ sandbox }: { sandbox: Sandbox },
): Promise<void> {
	const { subAccounts } = sandbox;
	app.get('/control/highlevel/locations', () => ({ locations: subAccounts.list() }));
	app.post<{ Body: { name: string } }>(
		'/control/highlevel/locations',
		{ schema: { body: object({ name: { ...text, minLength: 1 } }, ['name']) } },
		({ body }, reply) => reply.code(201).send({ location: subAccounts.add(body.name) }),
	);
	app.post<{ Params: { id: string; action: (typeof ACTIONS)[number] } }>(
		'/control/highlevel/locations/:id/:action',
		{ schema: { params: object({ id: text, action: { enum: ACTIONS } }) } },
		({ params: { id, action } }) => ({ location: subAccounts[action](id) }),
	);
}
