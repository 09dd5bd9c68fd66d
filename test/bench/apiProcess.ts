import { runGhl } from '../workflow/ghl';

/** One of two n8n processes on the same account: updates the contacts that it is told, once. */
async function main(): Promise<void> {
	process.on('message', ({ ghlUrl, ids }: { ghlUrl: string; ids: string[] }) => {
		void runGhl(
			{ ghlUrl },
			'contact:update',
			{
				contactId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				contactFields: { mappingMode: 'defineBelow', value: { city: 'Utrecht' }, schema: [] },
			},
			{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
		).then(({ json }) => {
			const done = json.filter(({ error }) => error === undefined).length;
			process.send?.(ids.length - done);
		});
	});
	process.send?.('ready');
}

void main();
