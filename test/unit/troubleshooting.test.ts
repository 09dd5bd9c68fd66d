import { readFileSync } from 'node:fs';
import { join } from 'node:path';
// So that this test is among those that belong to a change of a node.
import '../../nodes/ContactSync/ContactSync.node';
import '../../nodes/Ghl/GhlContacts.node';
import '../../nodes/Ghl/GhlPollingTrigger.node';
import '../../nodes/Ghl/GhlTrigger.node';
import '../../nodes/HeyReach/HeyReach.node';
import '../../nodes/HeyReach/HeyReachPollingTrigger.node';
import '../../nodes/HeyReach/HeyReachTrigger.node';
import { errorMessages } from './errorMessages';

const page = readFileSync(join(__dirname, '../../docs/troubleshooting.md'), 'utf8');

/** The cells of all tables of errors. */
function rows(): string[][] {
	const found: string[][] = [];
	let isErrors = false;
	for (const line of page.split('\n')) {
		if (!line.startsWith('|')) isErrors = false;
		const cells = line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim());
		if (isErrors && !/^-+$/.test(cells[0])) found.push(cells);
		if (cells[0] === 'What it says') isErrors = true;
	}
	return found;
}

const messages = errorMessages();
const said = rows().map(([text]) => text);

const asPattern = (text: string) =>
	new RegExp(
		`^${text
			.split('…')
			.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
			.join('.*')}$`,
	);

it('finds the messages of the source, in every form that they are written in', () => {
	const texts = messages.map(({ text }) => text);
	expect(texts).toEqual(
		expect.arrayContaining([
			'HighLevel does not accept the token', // a problem of an answer
			'The schedule is not complete', // new BadInput
			'There is nothing to update', // a check that throws
			'The signature does not match the body', // a reason that a function returns
			'The IP address is not on the allowlist', // the reason of a refusal
			'Item … was not planned by Contact Sync', // in a variable
			'…. The request may have been carried out anyway', // beside a spread
		]),
	);
});

it('has a row for every error that the pack can raise', () => {
	const patterns = said.map(asPattern);
	const missing = messages.filter(({ text }) => !patterns.some((pattern) => pattern.test(text)));
	expect(missing).toEqual([]);
});

it('has no row for an error that the pack does not raise any more', () => {
	const texts = new Set(messages.map(({ text }) => text));
	expect(said.filter((text) => !texts.has(text))).toEqual([]);
});

it('says why, and what to do, in every row', () => {
	expect(rows().filter((cells) => cells.length !== 3 || cells.some((cell) => cell === ''))).toEqual(
		[],
	);
});

it('says what to do in every error, not only on the page', () => {
	const judged = messages.filter(({ hasNextStep }) => hasNextStep !== undefined);
	expect(judged.length).toBeGreaterThan(100);
	expect(judged.filter(({ hasNextStep }) => !hasNextStep)).toEqual([]);
});

it('names no method or path of an API: that is for the details', () => {
	const technical = /\b(GET|POST|PUT|PATCH|DELETE)\b|refused … …/;
	expect(messages.filter(({ text }) => technical.test(text))).toEqual([]);
});
