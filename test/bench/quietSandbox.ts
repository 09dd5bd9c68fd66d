import { startSandbox, SANDBOX, type Settings } from '../../sandbox';

export interface Begin {
	settings: Partial<Settings>;
	/** How many contacts the location has. */
	contacts: number;
	/** How long each answer of HighLevel or HeyReach is on its way (ms). */
	latencyMs: number;
}

export interface Counts {
	calls: number;
	/** Answered with 429. */
	refused: number;
	/** When each call came that was taken (epoch ms). */
	takenAt: number[];
	/** By method and path, ids left out. */
	byCall: Record<string, number>;
}

/** The sandbox of a benchmark: commands come and results go as messages of the process. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	const { url, ghlUrl, heyReachUrl } = sandbox;
	process.send?.({ url, ghlUrl, heyReachUrl });

	const begin = ({ settings, contacts = 0, latencyMs = 0 }: Begin): string[] => {
		sandbox.reset();
		Object.assign(sandbox.settings, settings);
		if (latencyMs > 0) sandbox.faults.add({ kind: 'delay', delayMs: latencyMs, times: 1e9 });
		const own = [...sandbox.state.contacts.values()].filter(
			({ locationId }) => locationId === SANDBOX.locationId,
		);
		for (let n = own.length; n < contacts; n++) {
			const id = `bench${String(n).padStart(15, '0')}`;
			const contact = { ...own[n % 100], id, email: `${id}@example.com`, phone: undefined };
			sandbox.state.saveContact(contact);
			own.push(contact);
		}
		return own.map(({ id }) => id);
	};

	const counts = (): Counts => {
		const requests = sandbox.requests.list();
		const byCall: Record<string, number> = {};
		for (const { method, path } of requests) {
			const key = `${method} ${path.replace(/[0-9A-Za-z]{20,}/g, '{id}')}`;
			byCall[key] = (byCall[key] ?? 0) + 1;
		}
		return {
			calls: requests.length,
			refused: requests.filter(({ status }) => status === 429).length,
			takenAt: requests.filter(({ status }) => status !== 429).map(({ at }) => Date.parse(at)),
			byCall,
		};
	};

	process.on('message', (message: { begin?: Begin }) => {
		process.send?.(message.begin ? begin(message.begin) : counts());
	});
	process.on('disconnect', () => process.exit(0));
}

void main();
