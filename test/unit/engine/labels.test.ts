import { BadInput } from '../../../nodes/engine/badInput';
import { ApiFault } from '../../../nodes/engine/call/errors';
import { inLabels, named } from '../../../nodes/engine/call/labels';
import { updateFields, text } from '../../../nodes/engine/describe/fields';
import { operation } from '../../../nodes/engine/describe/verbs';

const update = operation('PUT /things/{id}', {
	value: 'update',
	action: 'Update a thing',
	description: 'Update a thing',
	fields: [
		text('Due Date', 'dueDate'),
		updateFields([text('Title', 'title'), text('Senders', 'senders', { key: 'accountIds' })]),
	],
});

const told = (message: string, more: object = {}) => {
	const fault = new ApiFault(
		{ kind: 'refused', message, description: 'Correct dueDate.', ...more },
		{ method: 'PUT', template: '/things/{id}' },
		'422',
	);
	return inLabels(fault, update);
};

it.each([
	[
		'dueDate must be a date; title must be a string',
		'“Due Date” must be a date; “Title” must be a string',
	],
	['Not accepted: AccountIds has no entry', 'Not accepted: “Senders” has no entry'],
	['The title of this is dueDateLater', 'The title of this is dueDateLater'],
])('the refusal “%s” is told as “%s”', (message, expected) => {
	expect(told(message)).toMatchObject({
		message: expected,
		problem: { message: expected, description: 'Correct “Due Date”.' },
		httpCode: '422',
	});
});

it('leaves a refusal of the token as it is, which other items share', () => {
	expect(told('dueDate', { about: 'account' })).toMatchObject({ message: 'dueDate' });
});

it.each([
	['Date', '“tomorrow” is not a date', '“Date”: “tomorrow” is not a date'],
	['To', '“tomorrow” is not a date', '“To”: “tomorrow” is not a date'],
	['Start', '“start now” is not a date', '“Start”: “start now” is not a date'],
	['Filters', 'Filter 1 has no value', 'Filter 1 has no value'],
	['Filters', '“Filter 2”: “x” is not a date', '“Filter 2”: “x” is not a date'],
	['Stage', 'HighLevel has no stage “x”', 'HighLevel has no stage “x”'],
	['End (UTC)', '“End (UTC)” is empty', '“End (UTC)” is empty'],
])('of %s, “%s” is told as “%s”', (label, message, told) => {
	expect(named(label, new BadInput(message))).toMatchObject({ message: told });
});

it('names the field of a value that cannot be used, once', () => {
	const error = new BadInput('“tomorrow” is not a date', 'Use the date picker.');
	const once = named('Due Date', error);
	expect(once).toMatchObject({
		message: '“Due Date”: “tomorrow” is not a date',
		description: 'Use the date picker.',
	});
	expect(named('Due Date', once)).toBe(once);
	const other = new Error('x');
	expect(named('Due Date', other)).toBe(other);
});
