import { writeFile } from 'node:fs/promises';
import { startSandbox, type Sandbox, type Settings } from '../../../sandbox';
import { addPeople, empty, type Population } from '../../support/manyPairs';
import { Recorder } from './recorder';

/** What the benchmark asks of its sandbox: one at a time, each is answered. */
export type Request =
	/** Data, log and limits as at the start, with these settings and people. */
	| { ask: 'begin'; settings: Partial<Settings>; population: Population }
	| { ask: 'changeSettings'; settings: Partial<Settings> }
	| { ask: 'editContacts'; count: number }
	/** Calls by service, method and path since the last `begin` or `forget`. */
	| { ask: 'counts' }
	| { ask: 'forget' }
	/** Writes the calls since then into a file, as JSON. */
	| { ask: 'record'; file: string }
	/** How many contacts bear a tag, and how many leads are in a list. */
	| { ask: 'state'; tag: string; listId: number };

async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const recorder = new Recorder(sandbox);
	const { url, ghlUrl, heyReachUrl } = sandbox;

	async function answer(request: Request): Promise<unknown> {
		if (request.ask === 'begin') {
			sandbox.reset();
			Object.assign(sandbox.settings, request.settings);
			empty(sandbox);
			addPeople(sandbox, request.population);
			recorder.clear();
		}
		if (request.ask === 'changeSettings') Object.assign(sandbox.settings, request.settings);
		if (request.ask === 'editContacts') editContacts(sandbox, request.count);
		if (request.ask === 'forget') recorder.clear();
		if (request.ask === 'record') await writeFile(request.file, JSON.stringify(recorder.list()));
		if (request.ask === 'counts') return recorder.counts();
		if (request.ask === 'state') {
			const contacts = [...sandbox.state.contacts.values()];
			return {
				contacts: contacts.length,
				tagged: contacts.filter(({ tags }) => tags.includes(request.tag)).length,
				members: sandbox.state.lists.get(request.listId)?.members.length ?? 0,
			};
		}
		return null;
	}

	process.on('message', (request: Request) => {
		void answer(request).then((result) => process.send?.(result));
	});
	process.on('disconnect', () => process.exit(0));
	process.send?.({ url, ghlUrl, heyReachUrl });
}

/** People change as many contacts, so that their leads are behind. */
function editContacts({ state }: Sandbox, count: number): void {
	for (const contact of [...state.contacts.values()].slice(0, count)) {
		state.saveContact({ ...contact, companyName: `${contact.companyName} Group` }, 0);
	}
}

void main();
