import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { FaultRequest, Sandbox } from '../../sandbox';
import { columns } from '../examples/values';
import { table } from '../examples/heyReach';
import { useSandbox, withSandbox } from '../support/useSandbox';
import { byId, runGhl } from './ghl';
import { runHeyReach } from './heyReach';
import { useScaledTime } from './support';

/**
 * Pairs: each option of a node with each fault of the service. Whatever happens, a run ends; with
 * Continue On Fail every item comes out once and in its place; and the service holds exactly what the
 * items, or the error that stopped the run, say.
 */

const COUNT = 60;

useScaledTime(200);
const common = useSandbox();

interface Options {
	share: boolean;
	goOn: boolean;
	audit: boolean;
	simplify: boolean;
}

const OPTIONS = [true, false].flatMap((share) =>
	[true, false].flatMap((goOn) =>
		[true, false].flatMap((audit) =>
			[true, false].map((simplify): Options => ({ share, goOn, audit, simplify })),
		),
	),
);

const nameOf = (options: Options) =>
	Object.entries(options)
		.map(([name, isOn]) => `${isOn ? '' : 'no '}${name}`)
		.join(', ');

interface Subject {
	name: string;
	service: 'highlevel' | 'heyreach';
	operation: string;
	writes: boolean;
	/** Whether functions of the operation share a read among the items. */
	shares?: true;
	parameters: INodeParameters;
	items: (sandbox: Sandbox) => IDataObject[];
	/** The path of the operation's own call. */
	path: string;
	/** What the items have made. */
	made: (sandbox: Sandbox) => number;
}

const numbered = (more: (n: number) => IDataObject) => () =>
	Array.from({ length: COUNT }, (_, n) => more(n));
const counted = (list: Iterable<{ email?: string | null; name?: string }>) =>
	[...list].filter(({ email, name }) => /pair\.\d+/.test(String(email ?? name))).length;

const SUBJECTS: Subject[] = [
	{
		name: 'a create with a custom field',
		service: 'highlevel',
		operation: 'contact:create',
		writes: true,
		shares: true,
		parameters: {
			contactFields: columns({ email: '={{ $json.email }}', 'contact.job_title': 'Boss' }),
		},
		items: numbered((n) => ({ email: `pair.${n}@example.com` })),
		path: '^/contacts/$',
		made: ({ state }) => counted(state.contacts.values()),
	},
	{
		name: 'a read with custom fields by name',
		service: 'highlevel',
		operation: 'contact:get',
		writes: false,
		shares: true,
		parameters: { contactId: byId('={{ $json.id }}'), options: { customFieldsByName: true } },
		items: ({ state }) => [...state.contacts.keys()].slice(0, COUNT).map((id) => ({ id })),
		path: '^/contacts/[^/]+$',
		made: () => 0,
	},
	{
		name: 'tags on many contacts',
		service: 'highlevel',
		operation: 'contactTag:add',
		writes: true,
		parameters: { contactId: byId('={{ $json.id }}'), tags: '={{ $json.tag }}' },
		items: ({ state }) =>
			[...state.contacts.keys()].slice(0, COUNT).map((id, n) => ({ id, tag: `pair.${n % 10}` })),
		path: '/tags',
		made: ({ state }) =>
			[...state.contacts.values()].flatMap(({ tags }) => tags).filter((tag) => /^pair/.test(tag))
				.length,
	},
	{
		name: 'a list',
		service: 'heyreach',
		operation: 'list:create',
		writes: true,
		parameters: { listName: '={{ $json.name }}' },
		items: numbered((n) => ({ name: `pair.${n}` })),
		path: '/list/CreateEmptyList',
		made: ({ state }) => counted(state.lists.values()),
	},
	{
		name: 'leads for several lists',
		service: 'heyreach',
		operation: 'list:addLead',
		writes: true,
		parameters: {
			listId: byId('={{ $json.list }}'),
			leadFields: table({ profileUrl: '={{ $json.url }}', firstName: 'Pair', lastName: 'Lead' }),
		},
		items: numbered((n) => ({
			list: 2001 + (n % 2),
			url: `https://www.linkedin.com/in/pair-lead-${n}/`,
		})),
		path: '/list/AddLeadsToListV2',
		made: ({ state }) =>
			[...state.leads.values()].filter((lead) => lead.firstName === 'Pair').length,
	},
];

interface Trouble {
	name: string;
	only?: Subject['service'];
	dailyQuota?: number;
	fault?: (subject: Subject) => FaultRequest | undefined;
	says: RegExp;
	/** How many items it fails at the most. */
	fails: number;
}

const TROUBLES: Trouble[] = [
	{
		name: 'the quota is used up',
		only: 'highlevel',
		dailyQuota: 7,
		says: /accepts no more calls from this account today/,
		fails: COUNT,
	},
	{
		name: '500 on a shared read',
		fault: ({ shares }) =>
			shares && { kind: 'status', status: 500, method: 'GET', path: '/customFields$' },
		says: /\(500\)/,
		fails: 1,
	},
	{
		name: '500 on a call of its own',
		fault: ({ path }) => ({ kind: 'status', status: 500, path, skip: 1 }),
		says: /\(500\)/,
		fails: COUNT / 2, // those of one call
	},
	{
		name: 'a hang-up before the work',
		fault: ({ path }) => ({ kind: 'reset', path, skip: 1 }),
		says: /^never$/,
		fails: 0,
	},
	{
		name: 'a hang-up after the work',
		fault: ({ path }) => ({ kind: 'lostAnswer', path, skip: 1 }),
		says: /^never$/,
		fails: 0,
	},
	{
		name: 'a hang-up for good',
		fault: ({ path }) => ({ kind: 'reset', path, times: 999 }),
		says: /could not be reached/,
		fails: COUNT,
	},
	{
		name: 'a token that is taken back in the middle',
		fault: () => ({ kind: 'tokenRejected', skip: 1, times: 999 }),
		says: /does not accept the (token|API key)/,
		fails: COUNT,
	},
];

const cases = SUBJECTS.flatMap((subject) =>
	TROUBLES.filter(
		({ only = subject.service, fault }) =>
			only === subject.service && (!fault || fault(subject) !== undefined),
	).map((trouble) => ({ title: `${subject.name}: ${trouble.name}`, subject, trouble })),
);

describe.each(cases)('$title', ({ subject, trouble }) => {
	const { service, operation, writes, made } = subject;
	// Simplify is an option of reads, the audit row one of writes.
	const options = OPTIONS.filter(({ audit, simplify }) => (writes ? simplify : !audit));

	it.each(options.map((one) => [nameOf(one), one] as const))('%s', async (_name, given) => {
		const onError = given.goOn ? ('continueRegularOutput' as const) : undefined;
		const runOn = async (sandbox: Sandbox) => {
			const fault = trouble.fault?.(subject);
			if (fault) sandbox.faults.add({ service, ...fault });
			const parameters = withOptions(subject, given);
			const items = subject.items(sandbox);
			const run = service === 'highlevel' ? runGhl : runHeyReach;
			const ran = await run(sandbox, operation, parameters, { items, onError });
			const calls = sandbox.requests.list({}).length;
			const now = made(sandbox);
			await new Promise((resolve) => setTimeout(resolve, 20));
			// Nothing goes on behind a run that has ended.
			expect([sandbox.requests.list({}).length, made(sandbox)]).toEqual([calls, now]);
			return { ...ran, items, now };
		};
		const { dailyQuota } = trouble;
		const { json, error, outputs, items, now } =
			dailyQuota === undefined ? await runOn(common) : await withSandbox({ dailyQuota }, runOn);
		if (error) {
			expect(given.goOn).toBe(false);
			expect(error.message).toMatch(trouble.says);
			const said = / ?(\d+) of 60 items were done/.exec(error.description ?? '');
			if (writes) expect(Number(said?.[1])).toBe(now);
			expect(said).not.toBeNull();
			return;
		}
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		const failed = json.filter((item) => item.error !== undefined);
		expect(failed.length).toBeLessThanOrEqual(given.goOn ? trouble.fails : 0);
		for (const item of failed) expect(item.error).toMatch(trouble.says);
		if (writes) expect(now).toBe(COUNT - failed.length);
		const audits = json.map(({ audit }) => (audit as IDataObject | undefined)?.status);
		expect(audits).toEqual(
			json.map((item) => (given.audit ? (item.error ? 'failed' : 'done') : undefined)),
		);
	});
});

function withOptions({ parameters, writes }: Subject, given: Options): INodeParameters {
	const { share, audit, simplify } = given;
	return {
		...parameters,
		...(!writes && { simplify }),
		options: {
			...(parameters.options as INodeParameters | undefined),
			...(share && { rateLimitShare: 50 }),
			...(audit && { includeAuditRow: true }),
		},
	};
}
