import { runCode, type Json } from '../support/templateCode';

describe('Bring GHL tasks and notes to HeyReach', () => {
	const bring = (tasks: Json[], notes: Json[], tags: string[]) =>
		runCode(
			'bring-ghl-tasks-and-notes-to-heyreach',
			'What to bring',
			{ 'Get tasks': tasks, 'Get notes': notes, 'Get tags': [{ tags }] },
			[{}],
		)[0];

	it('takes the open task that is due first, one without a day last, and the newest note', () => {
		const tasks = [
			{ id: 't1', title: 'Some day' },
			{ id: 't2', title: 'Later', dueDate: '2999-01-02' },
			{ id: 't3', title: 'Next', dueDate: '2999-01-01' },
			{ id: 't4', title: 'Done', dueDate: '2020-01-01', completed: true },
		];
		const notes = [
			{ id: 'n1', body: 'Old', dateAdded: '2026-01-01' },
			{ id: 'n2', body: '<p>New   one</p>', dateAdded: '2026-01-02' },
		];
		expect(bring(tasks, notes, ['mine', 'ghl-task-overdue'])).toMatchObject({
			...{ taskId: 't3', status: 'open', noteId: 'n2', content: 'New one' },
			...{ tags: ['mine', 'ghl-task-open', 'ghl-note'], differ: true },
		});
	});

	it('empties the fields where there is none, and leaves tags alone that do not differ', () => {
		expect(bring([{}], [{}], ['mine'])).toMatchObject({
			...{ taskId: '', title: '', dueDate: '', status: '', noteId: '', content: '' },
			...{ tags: ['mine'], differ: false },
		});
	});
});

describe("Export a GHL business's contacts to a HeyReach list", () => {
	const choose = (settings: Json, form?: Json) =>
		runCode(
			'export-ghl-contacts-to-a-heyreach-list',
			'The choice',
			{
				'Your settings': [settings],
				'Get businesses': [
					{ id: 'b1', name: 'Acme' },
					{ id: 'b2', name: 'Twin' },
					{ id: 'b3', name: ' twin' },
				],
				...(form && { Choose: [form], 'Open the form': [{ name: 'Mary' }] }),
			},
			[{}],
		)[0];

	it('takes what the form says, and the settings otherwise', () => {
		expect(choose({})).toMatchObject({ businessId: '', list: 'From HighLevel', who: 'workflow' });
		expect(choose({}, { business: ' ACME ', list: 'Other' })).toMatchObject({
			...{ businessId: 'b1', list: 'Other', who: 'Mary', isAsked: true },
			businessNames: { b1: 'Acme' },
		});
	});

	it.each([
		[{ business: 'Nobody' }, 'HighLevel has no business named "Nobody"'],
		[{ business: 'Twin' }, 'HighLevel has 2 businesses named "Twin"'],
		[{ linkedInField: '' }, 'Your settings: linkedInField is empty'],
	])('says what is wrong in %j', (settings, said) => {
		expect(() => choose(settings)).toThrow(said);
	});

	const result = (isAsked: boolean) =>
		runCode(
			'export-ghl-contacts-to-a-heyreach-list',
			'Result',
			{
				'The choice': [{ isAsked, linkedInField: 'LinkedIn profil', industryField: '' }],
				'Get all contacts': [{ id: 'c1', customFieldValues: { 'LinkedIn profile': 'x' } }],
				'Add to the list': [{ result: 'skipped' }],
				'Write down who was skipped': [{ name: 'Jane', why: 'No LinkedIn address' }],
			},
			[{}],
		);

	it('says that no contact has the custom field: on Mondays by a red run', () => {
		const said = 'None of 1 contacts has a value in the custom field "LinkedIn profil"';
		expect(() => result(false)).toThrow(said);
		expect(result(true)).toEqual([
			{
				title: '0 contacts are in the list',
				message: expect.stringMatching(new RegExp(`^${said}.*Skipped: Jane: No LinkedIn address`)),
			},
		]);
	});
});
