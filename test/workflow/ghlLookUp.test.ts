import { SANDBOX } from '../../sandbox';
import { useSandbox } from '../support/useSandbox';
import { callsOf, runGhl } from './ghl';

const sandbox = useSandbox();

const contacts = () => [...sandbox.state.contacts.values()];
const lookUp = async (parameters: { lookUpEmail?: string; lookUpPhone?: string }, token?: string) =>
	await runGhl(sandbox, 'contact:lookUp', { ...parameters }, { token });

/** Gives `count` contacts the same additional email. */
function share(email: string, count: number): string[] {
	const some = contacts().slice(0, count);
	for (const contact of some) sandbox.state.saveContact({ ...contact, additionalEmails: [email] });
	return some.map(({ id }) => id);
}

it('finds a contact by its email in any case, under the Version v3', async () => {
	const { email = '', id } = contacts()[3];
	const { json } = await lookUp({ lookUpEmail: email.toUpperCase() });
	expect(json).toMatchObject([{ found: true, contact: { id }, contacts: [{ id }] }]);
	const [request] = sandbox.requests.list({ service: 'highlevel' });
	expect(request.headers).toMatchObject({ version: 'v3' });
});

it('finds a phone as people write it', async () => {
	const { phone = '', id } = contacts()[3];
	const { json } = await lookUp({
		lookUpPhone: `${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5)}`,
	});
	expect(json).toMatchObject([{ found: true, contact: { id } }]);
});

it.each([19, 20, 41])('finds all %i contacts that have an additional email', async (count) => {
	const ids = share('shared@example.com', count);
	const { json } = await lookUp({ lookUpEmail: 'shared@example.com' });
	const found = json[0].contacts as Array<{ id: string }>;
	expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
});

it('puts out an item where nobody is found, so that the workflow can go on', async () => {
	const { json } = await lookUp({ lookUpEmail: 'nobody@example.com' });
	expect(json).toEqual([{ found: false, contacts: [] }]);
});

it('says that a private integration can not do it', async () => {
	const { error } = await lookUp({ lookUpEmail: 'a@example.com' }, SANDBOX.privateToken);
	expect(error?.message).toBe(
		'HighLevel allows Look Up with OAuth2 only, and this credential is a private integration',
	);
	expect(error?.description).toContain('Find Duplicate');
});

it.each([
	[{}, '“Email” and “Phone” are both empty'],
	[
		{ lookUpEmail: 'a@example.com', lookUpPhone: '+15550100123' },
		'“Email” and “Phone” are both filled in',
	],
	[{ lookUpPhone: '555 0100' }, '“Phone” is not an international phone number: “555 0100”'],
])('sends nothing for %j', async (parameters, message) => {
	const { error } = await lookUp(parameters);
	expect(error?.message).toBe(message);
	expect(callsOf(sandbox)).toEqual([]);
});
