import { SANDBOX } from '../../sandbox';
import { GhlContacts } from '../../nodes/Ghl/GhlContacts.node';
import { exampleFile } from '../examples/values';
import { useSandbox } from '../support/useSandbox';
import { byId, byName, callsOf, ghlCredentials, runGhl } from './ghl';
import { loadOptionsFunctions } from './support';

const sandbox = useSandbox();

const aForm = (number = 0) => [...sandbox.state.forms.keys()][number];
const submissions = () => [...sandbox.state.formSubmissions.values()];
const aContact = () => [...sandbox.state.contacts.values()][0];

/** More submissions, `days` ago. */
function more(count: number, days: number): void {
	const [of] = submissions();
	const createdAt = new Date(Date.now() - days * 24 * 60 * 60_000).toISOString();
	for (let number = 0; number < count; number++) {
		const id = `more-${days}-${number}`;
		sandbox.state.formSubmissions.set(id, { ...of, id, createdAt });
	}
}

describe('Form: Get Many Submissions', () => {
	const get = async (filters = {}) =>
		await runGhl(sandbox, 'form:getSubmissions', { filters, returnAll: true });

	it('reads every page, each submission once', async () => {
		more(230, 2);
		const { json } = await get();
		expect(new Set(json.map(({ id }) => id)).size).toBe(242);
		expect(callsOf(sandbox)).toHaveLength(3);
	});

	it('gives those of a span of days, of one form, by one person', async () => {
		more(3, 60);
		const { json: recent } = await get();
		expect(recent).toHaveLength(12); // the last month
		const from = new Date(Date.now() - 70 * 24 * 60 * 60_000).toISOString();
		const { json } = await get({ startAt: from });
		expect(json).toHaveLength(15);
		const [one] = submissions();
		const { json: own } = await get({ q: one.email, formId: byId(one.formId), startAt: from });
		expect(own.length).toBeGreaterThan(0);
		for (const row of own) expect(row).toMatchObject({ email: one.email, formId: one.formId });
		expect((await get({ formId: byId(aForm(2)) })).json).toEqual([]);
	});
});

it('lists forms in pages of 50', async () => {
	for (let number = 0; number < 70; number++) {
		const id = `form-${number}`;
		sandbox.state.forms.set(id, { id, locationId: SANDBOX.locationId, name: `Form ${number}` });
	}
	const { json } = await runGhl(sandbox, 'form:getMany', { returnAll: true });
	expect(json).toHaveLength(73);
	sandbox.requests.clear();
	const node = new GhlContacts();
	const context = loadOptionsFunctions({
		node,
		parameters: { resource: 'form', operation: 'getSubmissions' },
		credentials: ghlCredentials(sandbox),
	});
	const found = await context.call(node.methods.listSearch.searchForms, 'form 69');
	expect(found.results).toEqual([{ name: 'Form 69', value: 'form-69' }]);
	expect(callsOf(sandbox)).toHaveLength(2);
});

describe('Form: Upload Files', () => {
	const upload = async (field: string, contactId: object = byId(aContact().id)) =>
		await runGhl(
			sandbox,
			'form:upload',
			{ contactId: { ...contactId }, fileField: byName(field), binaryFields: 'offer' },
			{ items: [{ json: {}, binary: exampleFile }] },
		);

	it('puts a file beside those that are there', async () => {
		const field = { name: 'Offers', fieldKey: 'contact.offers', dataType: 'FILE_UPLOAD' };
		const { locationId } = SANDBOX;
		const of = { id: 'files1', locationId, model: 'contact', position: 1 } as const;
		sandbox.state.customFields.set('files1', { ...of, ...field });
		await upload('offers');
		const { json, error } = await upload('contact.offers');
		expect(error).toBeUndefined();
		expect(json[0].id).toBe(aContact().id);
		const { value } = aContact().customFields.find(({ id }) => id === 'files1') ?? {};
		const files = Object.values(value as Record<string, { meta: object }>);
		expect(files).toHaveLength(2);
		expect(files[0].meta).toMatchObject({ originalname: 'offer “one”.pdf' });
	});

	it('takes the email of the contact in place of its ID', async () => {
		const field = { name: 'Offers', fieldKey: 'contact.offers', dataType: 'FILE_UPLOAD' };
		const of = { id: 'files1', locationId: SANDBOX.locationId, model: 'contact', position: 1 };
		sandbox.state.customFields.set('files1', { ...of, ...field, model: 'contact' });
		const identity = { __rl: true, mode: 'identity', value: aContact().email };
		const { json, error } = await upload('offers', identity);
		expect(error).toBeUndefined();
		expect(json[0].id).toBe(aContact().id);
	});

	it('sends no file to a field that takes none', async () => {
		const { error } = await upload('Job title');
		expect(error?.message).toBe('The custom field takes no files');
		expect(callsOf(sandbox).filter((call) => call.startsWith('POST'))).toEqual([]);
	});
});
