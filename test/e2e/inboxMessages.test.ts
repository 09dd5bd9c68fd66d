import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../sandbox/random';
import type { Chatroom } from '../../sandbox/heyreach/records';
import { errorOf } from '../../tools/n8n/executions';
import type { StoredWorkflow } from '../../tools/n8n/workflow';
import { PROVIDER } from '../examples/ghlConversation';
import { STACK_TIMEOUT_MS } from './support/stack';
import { appCredential, INBOX, inboxFor, peopleOnBothSides, shownTo } from './templates/inbox';
import { startRig, type Rig } from './templates/rig';
import { until } from './support/waiting';

// Messages both ways through the template, while n8n is ended with SIGKILL, as by a power cut. The soak
// has 1,000 of them.
const MESSAGES = Number(process.env.INBOX_MESSAGES ?? 18);
const KILLS = Number(process.env.INBOX_KILLS ?? 1);
const SEED = Number(process.env.INBOX_SEED ?? Date.now() & 0x7fffffff);
const PEOPLE = Math.min(20, Math.ceil(MESSAGES / 3));
const LIMIT_MS = 300_000 + MESSAGES * 1_500;
/** What a delivery meets while n8n is down, which takes minutes on a busy machine. */
const OFTEN = Array.from({ length: 600 }, () => 1_000);

let rig: Rig;
let workflow: StoredWorkflow;
beforeAll(async () => {
	rig = await startRig({
		...{ retryDelaysMs: OFTEN, ghlRetryDelaysMs: OFTEN, heyReachPerMinute: 100_000 },
		burst: { max: 100_000, intervalMs: 10_000 },
	});
	const credentials = { ...rig.credentials, ...(await appCredential(rig)) };
	({ workflow } = await rig.template(
		INBOX,
		inboxFor(PROVIDER.id, MESSAGES > 100 ? 10 : 3),
		credentials,
	));
	await rig.on(workflow);
	const deliveryUrl = await rig.client.webhookUrl(workflow, 'GHL Trigger');
	await rig.client.waitForWebhook(deliveryUrl);
	rig.sandbox.state.conversationProviders.set(PROVIDER.id, { ...PROVIDER, deliveryUrl });
	await until('the table', async () =>
		(await rig.tables.all()).some(({ name }) => name === 'LinkedIn inbox'),
	);
}, STACK_TIMEOUT_MS);
afterAll(async () => await rig?.close(), 30_000);

/** As when the two minutes have passed for which a run that died holds its rows. */
async function letGo(): Promise<void> {
	const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
	const held = [
		{ columnName: 'until', condition: 'gt' as const, value: at(0) },
		{ columnName: 'until', condition: 'lt' as const, value: at(5) },
	];
	await rig.tables.changeAll('LinkedIn inbox', held, { until: at(0) });
}

/**
 * What n8n has answered and not yet put on its list when it dies is gone: the answers of users among it
 * come again here. A message of LinkedIn comes with the next one of its conversation.
 */
async function bringAgain(killedAt: number): Promise<void> {
	const { ghlWebhooks } = rig.sandbox;
	const lately = ghlWebhooks.deliveries.filter(
		({ type, attempts }) =>
			type === 'ProviderOutboundMessage' &&
			Date.parse(attempts.at(-1)?.at ?? '') > killedAt - 5_000,
	);
	await rig.client.waitForWebhook(await rig.client.webhookUrl(workflow, 'GHL Trigger'));
	for (const { id } of lately) await ghlWebhooks.resend(id);
}

/** As when the half hour has passed in which the workflow looks for an answer of which nothing is known. */
async function giveUp(): Promise<void> {
	const begunAt = new Date(Date.now() - 31 * 60_000).toISOString();
	await rig.tables.change('LinkedIn inbox', { step: 'look', sent: '' }, { begunAt });
	await letGo();
}

/** What the workflow has on its list, and why runs failed, for a test that waits in vain. */
async function facts(): Promise<string> {
	const rows = (await rig.tables.rows('LinkedIn inbox')).map(
		({ kind, step, sent, tries, until, why }) => [kind, step, sent, tries, until, why].join(' | '),
	);
	const runs = await rig.client.executions(workflow.id);
	const failed = runs.filter(({ status }) => status !== 'success').slice(0, 5);
	const errors = failed.map(async ({ id, status }) => {
		const run = await rig.client.execution(id);
		return `${status}: ${run.data.resultData.lastNodeExecuted}: ${errorOf(run)?.message}`;
	});
	return [...(await Promise.all(errors)), ...rows].join('\n');
}

/** Asks each second until it is so. */
async function wait(what: string, isSo: () => boolean, meanwhile = letGo) {
	const deadline = Date.now() + LIMIT_MS;
	for (let seconds = 1; !isSo(); seconds++) {
		if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}\n${await facts()}`);
		await sleep(1_000);
		if (seconds % 20 === 0) await meanwhile();
	}
}

describe(`${MESSAGES} messages both ways, n8n killed ${KILLS} times (INBOX_SEED=${SEED})`, () => {
	it(
		'each is once on the other side, in order within its conversation',
		async () => {
			const { sandbox } = rig;
			const next = random(SEED);
			const people = peopleOnBothSides(sandbox).slice(0, PEOPLE);
			const written: Array<{ id: string; text: string; contactId: string }> = [];
			const say = async (at: number, kind: 'reply' | 'own', text: string) => {
				const eventType = kind === 'reply' ? 'EVERY_MESSAGE_REPLY_RECEIVED' : 'MESSAGE_SENT';
				const leadId = people[at].lead.linkedinId;
				const sent = await sandbox.sendHeyReachEvent({ leadId, eventType, message: text });
				if (next() > 0.1) return;
				const { correlationId } = sent;
				await sandbox.sendHeyReachEvent({ leadId, eventType, correlationId, daysLater: 12 });
			};
			const textsOf = (contactId: string) =>
				shownTo(sandbox, contactId).map(({ body }) => body.split('\n')[0]);
			const roomOf = (at: number): Chatroom | undefined =>
				[...sandbox.state.chatrooms.values()].find(
					({ linkedinId }) => linkedinId === people[at].lead.linkedinId,
				);

			for (const at of people.keys()) await say(at, 'reply', `first ${at}`);
			await wait('the first message of each', () =>
				people.every(({ contact }, at) => textsOf(contact.id).includes(`first ${at}`)),
			);

			const kills = Array.from({ length: KILLS }, () =>
				Math.floor(MESSAGES * (0.2 + 0.7 * next())),
			);
			for (let number = 0; number < MESSAGES - people.length; number++) {
				const at = number % people.length;
				if (next() < 0.5) {
					const text = `answer ${number}`;
					const contactId = people[at].contact.id;
					written.push({ ...sandbox.writeAsUser({ contactId, message: text }), text });
				} else await say(at, next() < 0.6 ? 'reply' : 'own', `said ${number}`);
				// As people write, and a kill falls between.
				await sleep(100);
				if (!kills.includes(number)) continue;
				await sleep(1_000 * next());
				const killedAt = Date.now();
				await rig.n8n.kill();
				const down = rig.n8n.start();
				for (const person of people.keys()) void say(person, 'reply', `down ${number} ${person}`);
				await down;
				await bringAgain(killedAt);
				await letGo();
			}

			const statusOf = ({ id }: { id: string }) => sandbox.state.messages.get(id)?.status;
			// What died with n8n comes with the next message of its conversation; nothing is there twice for that.
			for (const at of people.keys()) await say(at, 'reply', `last ${at}`);
			await wait(
				'all messages',
				() =>
					written.every((one) => statusOf(one) !== 'pending') &&
					people.every(({ contact }, at) => {
						const shown = textsOf(contact.id);
						return roomOf(at)?.messages.every(({ body }) => shown.includes(body));
					}),
				giveUp,
			);

			const failed = written.filter((one) => statusOf(one) === 'failed');
			for (const [at, { contact }] of people.entries()) {
				const room = roomOf(at)?.messages.map(({ body }) => body) ?? [];
				expect(new Set(room).size).toBe(room.length);
				const unsent = failed.filter(({ contactId }) => contactId === contact.id);
				const shown = textsOf(contact.id);
				expect([...shown].sort()).toEqual([...room, ...unsent.map(({ text }) => text)].sort());
				const isAnswer = (text: string) => text.startsWith('answer');
				const answers = written.filter(({ contactId }) => contactId === contact.id);
				expect(room.filter(isAnswer)).toEqual(
					answers.filter((one) => !failed.includes(one)).map(({ text }) => text),
				);
				const isSaid = (text: string) => !isAnswer(text);
				expect(shown.filter(isSaid)).toEqual(room.filter(isSaid));
			}
			// An answer of which nobody knows whether it went out is not sent again.
			expect(failed.length).toBeLessThanOrEqual(KILLS * people.length);
			for (const { id } of failed)
				expect(sandbox.state.messages.get(id)?.error?.message).toMatch(/^n8n stopped while/);
			process.stdout.write(
				`${MESSAGES} messages of ${people.length} people, ${KILLS} kills, ${written.length} answers, ${failed.length} of them unclear\n`,
			);
		},
		STACK_TIMEOUT_MS + LIMIT_MS * 3,
	);
});
