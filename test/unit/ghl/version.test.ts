import { callTo } from '../../../nodes/engine/call/callTo';
import { operation } from '../../../nodes/engine/describe/verbs';
import { apiVersion, highLevel } from '../../../nodes/Ghl/api';
import { readAt } from '../../../nodes/Ghl/calls/recover';

it.each([
	['/calendars/{calendarId}', '2021-04-15'],
	['/conversations/search', '2021-04-15'],
	['/contacts/{contactId}', '2021-07-28'],
])('%s goes under the Version %s unless it names another', (template, usual) => {
	expect(apiVersion({ template })).toBe(usual);
	expect(apiVersion({ template, version: 'v3' })).toBe('v3');
});

it('the Version of an operation is part of its request', () => {
	const parts = { value: 'lookUp', action: 'Look up', description: '' };
	expect(operation('GET /contacts/lookup', { ...parts, version: 'v3' }).request.version).toBe('v3');
	expect(operation('GET /contacts/lookup', parts).request.version).toBeUndefined();
});

it('a call sends its Version, and so does the read that looks what became of it', () => {
	const create = callTo('POST /opportunities/pipelines', { version: 'v3' });
	expect(highLevel.headers(create)).toMatchObject({ Version: 'v3' });
	expect(highLevel.headers(readAt(create))).toMatchObject({ Version: 'v3' });
});
