import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

type Json = Record<string, unknown>;
type Items = Array<{ json: Json }>;

interface TemplateNode {
	name: string;
	parameters: {
		jsCode?: string;
		assignments?: { assignments: Array<{ name: string; value: unknown }> };
	};
}

const itemsOf = (rows: Json[]): Items => rows.map((json) => ({ json }));

/** Runs a Code node of a template, where the other nodes have put these rows out, and gives its rows. */
function runCode(template: string, name: string, nodes: Record<string, Json[]>, input: Json[]) {
	const file = join(__dirname, '../../templates', `${template}.json`);
	const all = (JSON.parse(readFileSync(file, 'utf8')) as { nodes: TemplateNode[] }).nodes;
	const nodeOf = (one: string) => all.find((node) => node.name === one)?.parameters;
	const written = nodeOf('Your settings')?.assignments?.assignments ?? [];
	const settings = Object.fromEntries(written.map((one) => [one.name, one.value]));
	const rowsOf = (one: string): Json[] =>
		one === 'Your settings' ? [{ ...settings, ...nodes[one]?.[0] }] : (nodes[one] ?? []);
	const $ = (one: string) => ({
		all: () => itemsOf(rowsOf(one)),
		first: () => itemsOf(rowsOf(one))[0],
		itemMatching: () => itemsOf(rowsOf(one))[0],
		isExecuted: one in nodes,
	});
	const $input = { all: () => itemsOf(input), first: () => itemsOf(input)[0] };
	const run = compileFunction(nodeOf(name)?.jsCode ?? '', ['$', '$input']) as (
		...given: unknown[]
	) => Items;
	return run($, $input).map(({ json }) => json);
}

describe('Form to outreach: the LinkedIn profile among the answers', () => {
	const profileIn = (answer: unknown) =>
		runCode(
			'form-to-outreach',
			'Who filled it in',
			{ 'Clients to serve': [{}], 'Chosen forms': [{ name: 'Contact us' }] },
			[{ contactId: 'c1', name: 'Jane Doe', others: { answer } }],
		)[0].profileUrl;

	it.each([
		['See linkedin.com/in/jane-doe.', 'jane-doe'],
		['linkedin.com/in/jane-doe, or call me', 'jane-doe'],
		['(https://www.linkedin.com/in/jane-doe)', 'jane-doe'],
		['[me](https://linkedin.com/in/jane-doe/)', 'jane-doe'],
		['linkedin.com/in/jane-doe; linkedin.com/in/other', 'jane-doe'],
		['linkedin.com/in/j%C3%BCrgen-k?trk=x', 'j%C3%BCrgen-k'],
		['linkedin.com/in/jürgen-🚀.', 'jürgen-🚀'],
	])('%s', (answer, slug) => {
		expect(profileIn(answer)).toBe(`https://www.linkedin.com/in/${slug}/`);
	});
});

describe('Understand replies', () => {
	const classOf = (said: string) =>
		runCode(
			'understand-replies',
			'What to do',
			{
				'The reply': [{ said, campaignId: 1 }],
				'Get the contact': [{ id: 'c1' }],
				'Ask the model': [{}],
			},
			[{}],
		)[0].class;

	it.each([
		['Please don’t contact me again', 'unsubscribe'],
		['Not\n interested', 'not now'],
		['not\u00a0interested', 'not now'],
		['I am rather uninterested.', 'unclear'],
		['Sounds good, let’s talk!', 'interested'],
		['A demo? Happy to.', 'interested'],
	])('by its rules: %s', (said, name) => {
		expect(classOf(said)).toBe(name);
	});

	it.each([
		['HighLevel is down', { error: 'down', details: { httpCode: '503' } }, true],
		['the token is refused', { error: 'refused', details: { httpCode: '401' } }, true],
		['nobody has the address', { error: 'HighLevel has no contact with “x”' }, false],
		['it was deleted', { error: 'gone', details: { httpCode: '400', missing: true } }, false],
	])('goes on to the contact unless there is none: %s', (_name, contact, isTried) => {
		const done = runCode(
			'understand-replies',
			'What to do',
			{
				'The reply': [{ said: 'Unsubscribe me', campaignId: 1 }],
				'Get the contact': [contact],
				'Ask the model': [{}],
			},
			[{}],
		).map((one) => one.do);
		// What HeyReach does comes first: it is not lost with the rest.
		const ofContact = isTried ? ['Tag', 'Do not disturb'] : [];
		expect(done).toEqual(['Stop campaign', 'HeyReach tag', ...ofContact]);
	});

	it('takes the words of a rule as they are, in any script', () => {
		const by = (rules: string, said: string) =>
			runCode(
				'understand-replies',
				'What to do',
				{
					'Your settings': [{ rules }],
					'The reply': [{ said, campaignId: 1 }],
					'Get the contact': [{ id: 'c1' }],
					'Ask the model': [{}],
				},
				[{}],
			)[0].class;
		expect(by('interested: 興味があります', 'とても興味があります')).toBe('interested');
		expect(by('interested: how (much)?, $5', 'So how (much)? is it')).toBe('interested');
		expect(by('interested: .*', 'anything')).toBe('unclear');
	});

	const talk = (messages: Json[], more: Json) =>
		runCode(
			'understand-replies',
			'The reply',
			{
				'Your settings': [
					{
						event: 'every_message_reply_received',
						lead: { linkedInUrl: 'https://www.linkedin.com/in/jane/' },
						conversation: { id: 't1', messages, ...more },
						messageKey: `t1:${String(messages.at(-1)?.sentAt)}`,
					},
				],
			},
			[{}],
		);
	const text = { isReply: true, text: 'Call me', sentAt: '2026-11-20T09:00:00.000Z' };
	const file = { isReply: true, type: 'DOCUMENT', sentAt: '2026-11-21T09:00:00.000Z' };

	it('takes a reply that comes again with a later file for the one that it was', () => {
		const [first] = talk([text], { reply: text });
		const [second] = talk([text, file], { reply: text, attachments: [file] });
		expect(second).toMatchObject({ key: first.key, said: 'Call me' });
	});

	it('has a person look at a file without a text', () => {
		expect(talk([file], { attachments: [file] })).toMatchObject([{ said: '(attachment)' }]);
		expect(classOf('(attachment)')).toBe('unclear');
	});
});

describe('Set up and check the connection: the report', () => {
	const needed = runCode('set-up-and-check-the-connection', 'What is needed', {}, []);
	const tables = needed.filter(({ kind }) => kind === 'table');
	const report = (changes: Record<string, Json[]>) =>
		runCode(
			'set-up-and-check-the-connection',
			'Report',
			{
				'What is needed': needed,
				'Create the tables': tables,
				'Test contacts': [{ ids: [] }],
				...changes,
			},
			[],
		);
	const ofTables = (created: Json[]) => report({ 'Create the tables': created })[0];

	it('has nothing against tables that have all columns', () => {
		expect(ofTables(tables)).toMatchObject({ ok: true, what: expect.stringContaining('exist') });
	});

	it('names the columns that an older table lacks, and those of another type', () => {
		const older = tables.map((table) =>
			table.name === 'Clients'
				? {
						...table,
						columns: [
							{ name: 'client', type: 'string' },
							{ name: 'tag', type: 'string' },
						],
					}
				: table,
		);
		expect(ofTables(older)).toMatchObject({ ok: false, whatToDo: expect.stringContaining('+') });
		expect(ofTables(older).what).toMatch(/^The Data Table Clients lacks location_id \(string\)/);
		expect(ofTables(older).what).toContain(' tag (boolean), ');
		expect(ofTables(older).what).not.toContain(' client (');
	});

	it('says why a table could not be created', () => {
		const [first, ...others] = tables;
		expect(ofTables([{ error: 'Storage is full' }, ...others]).what).toBe(
			`The Data Table ${String(first.name)} could not be created: Storage is full.`,
		);
	});

	it('names the scope of a call that HighLevel refuses for it', () => {
		const refused = {
			error: 'The token lacks the scope that this needs',
			details: { description: 'Add it' },
		};
		const lines = report({ 'GHL: Try each scope': Array(5).fill(refused) as Json[] });
		expect(lines.find(({ check }) => check === 'HighLevel: read businesses')).toMatchObject({
			what: 'The token lacks the scope businesses.readonly.',
			whatToDo: 'Add it',
		});
	});
});
