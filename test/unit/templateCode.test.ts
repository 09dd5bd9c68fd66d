import { heyReachEvents } from '../../nodes/HeyReach/trigger/events';
import { runCode, type Json } from '../support/templateCode';

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
		expect(done).toEqual(['Stop campaign', 'HeyReach tag', ...ofContact, 'Done']);
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
				'Create the tables': [{ tables }],
				'Test contacts': [{ ids: [] }],
				...changes,
			},
			[],
		);
	const ofTables = (created: Json[]) => report({ 'Create the tables': [{ tables: created }] })[0];

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

	it('says why the tables could not be created', () => {
		const [{ ok, what }] = report({ 'Create the tables': [{ error: 'Storage is full' }] });
		expect({ ok, what }).toEqual({
			ok: false,
			what: 'The Data Tables could not be created: Storage is full.',
		});
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

describe('Tag GHL contacts from HeyReach activity', () => {
	const lead = { linkedInUrl: 'https://www.linkedin.com/in/jane-doe/', firstName: 'Jane' };
	const tag = (event: string, settings: Json = {}, more: Json = {}) =>
		runCode(
			'tag-ghl-contacts-from-heyreach-activity',
			'What to do',
			{ 'HeyReach Trigger': [{ event, lead, ...more }], 'Your settings': [settings] },
			[{}],
		);

	it('takes the tags of the field that has the name of the event', () => {
		for (const { value } of heyReachEvents) expect(() => tag(String(value))).not.toThrow();
		expect(tag('inmail_reply_received')).toMatchObject([
			{ do: 'Find the contact', tags: 'linkedin-replied', create: true, firstName: 'Jane' },
		]);
		expect(tag('viewed_profile', { 'Viewed Profile': ' seen, LinkedIn ' })).toMatchObject([
			{ tags: 'seen, LinkedIn' },
		]);
		expect(tag('viewed_profile')).toEqual([]);
	});

	it('ignores what the Test button of HeyReach sends', () => {
		expect(tag('inmail_reply_received', {}, { isTest: true })).toEqual([]);
	});

	it('says so where an event or a setting is not known', () => {
		expect(() => tag('meeting_booked')).toThrow(
			'Your settings has no field for the HeyReach event "meeting booked".',
		);
		expect(() =>
			tag('inmail_reply_received', { 'Create the contact if none is found': 'maybe' }),
		).toThrow('needs the field "Create the contact if none is found", true or false');
	});

	it('plans the two custom fields in the location of each client with tag on', () => {
		const rows = [
			{ id: 1, location_id: ' locA1', tag: true },
			{ id: 2, location_id: 'locA1', tag: true },
			{ id: 3, location_id: 'locB2', tag: false },
		];
		const setUp = (table: Json[]) =>
			runCode(
				'tag-ghl-contacts-from-heyreach-activity',
				'What to do',
				{ 'Run once to set up': [{}] },
				table,
			);
		const fields = (location_id: string) =>
			['LinkedIn profile', 'LinkedIn member id'].map((name) => ({
				...{ do: 'Custom field', location_id, name },
			}));
		expect(setUp(rows)).toEqual(fields('locA1'));
		expect(setUp([{}])).toEqual(fields(''));
		expect(setUp(rows.slice(2))).toEqual([]);
	});
});

describe('Route new HeyReach leads to the right team', () => {
	const ROUTE = 'route-new-heyreach-leads-to-the-right-team';
	const lead = { memberId: '42', fullName: 'Jane Doe', companyName: 'Acme', tags: ['Hot'] };
	const chosen = (rules: Json[], more: Json = {}) =>
		runCode(
			ROUTE,
			'What to do',
			{
				'HeyReach Trigger': [{ event: 'connection_request_accepted', lead, ...more }],
				'Get clients': [{}],
				'Get rules': rules.map((rule, at) => ({ id: at + 1, priority: at, ...rule })),
			},
			[],
		);
	const always = { field: 'name', comparison: 'always' };
	const fits = (rule: Json) => (chosen([rule, always])[0].rule as Json).id === 1;

	it.each([
		['company', 'contains', 'globex, ACME', true],
		['company', 'contains', 'globex', false],
		['company', 'does not contain', 'globex', true],
		['company', 'equals', 'acme', true],
		['Company', ' Starts with', 'ac', true],
		['company', 'ends with', 'ac', false],
		['email', 'is empty', '', true],
		['email', 'is not empty', '', false],
		['tags', 'contains', 'hot', true],
		['event', 'equals', 'connection_request_accepted', true],
	])('%s %s %s: %s', (field, comparison, value, expected) => {
		expect(fits({ field, comparison, value })).toBe(expected);
	});

	it('says which rule cannot be read, unless an earlier one fits or its row is blank', () => {
		const wrong = { field: 'company', comparison: 'containz', value: 'acme' };
		expect(() => chosen([wrong, always])).toThrow(
			'The rule with priority 0 has the comparison "containz", which is unknown. Write one of: always, contains,',
		);
		expect(() => chosen([{ ...wrong, field: 'firm', comparison: 'equals' }])).toThrow(
			'has the field "firm", which is unknown. Write one of: name, email,',
		);
		expect(chosen([always, wrong])).toMatchObject([{ rule: { id: 1 } }]);
		expect(chosen([{ field: null, comparison: null }, always])).toMatchObject([
			{ rule: { id: 2 } },
		]);
	});

	it('ignores what the Test button of HeyReach sends', () => {
		expect(chosen([always], { isTest: true })).toEqual([]);
	});

	const after = (contact: Json, turns: Json[], rule: Json = {}) =>
		runCode(
			ROUTE,
			'What follows',
			{
				'What to do': chosen([{ ...always, owner: 'Ann Lee, bob@example.com', ...rule }]),
				'Last owner of the team': turns,
				Begin: [{ holdsUntil: 'soon' }],
			},
			[contact],
		);

	it('takes turns by name and email, and gives no turn away to a contact that has an owner', () => {
		const turn = (contact: Json, ...turns: Json[]) => after(contact, turns).at(-1)?.turn;
		const assigned = { id: 'c1', assignedTo: 'u1', assigned: true };
		expect(turn(assigned, {})).toBe('Ann Lee');
		expect(turn(assigned, {}, { turn: 'Ann Lee' }, { turn: 'bob@example.com' })).toBe(
			'bob@example.com',
		);
		expect(turn({ ...assigned, assigned: false }, { turn: 'Ann Lee' })).toBe('Ann Lee');
	});

	it('does what the rule has, and logs where several contacts match', () => {
		const does = (contact: Json, rule: Json) => after(contact, [{}], rule).map((one) => one.do);
		expect(does({ id: 'c1' }, {})).toEqual(['Log']);
		expect(does({ id: 'c1' }, { pipeline: 'Sales', task: 'Call' })).toEqual([
			...['Opportunity', 'Task', 'Log'],
		]);
		const several = { error: '2 contacts have one of “42”' };
		expect(after(several, [{}], { task: 'Call' })).toMatchObject([
			{ do: 'Log', status: 'several contacts match', holdsUntil: 'soon' },
		]);
		expect(() => does({ error: 'HighLevel is down' }, {})).toThrow('HighLevel is down');
	});
});
