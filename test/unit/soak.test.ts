import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { isSteady, MOST_MB, steadinessOf } from '../soak/steady';
import { nextMessage } from '../support/nextMessage';

const HALF = 40;

/** A heap that fills up for as long as maps are below their bounds, then goes on with `slope` (MB a sample). */
const series = (slope: number, noise: number[]) =>
	noise.map((wave, at) => ({
		done: (at + 1) * 1_000,
		heap: 100 + Math.min(at, HALF) + slope * Math.max(0, at - HALF) + wave,
		resident: 300,
	}));

const waves = fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), {
	minLength: 2 * HALF,
	maxLength: 2 * HALF,
});

describe('The memory of a soak', () => {
	it('is flat when only noise is left in the second half', () => {
		fc.assert(fc.property(waves, (noise) => isSteady(steadinessOf(series(0, noise)))));
	});

	it('grows when the second half adds more than the bound', () => {
		const slope = (2 * MOST_MB) / (2 * HALF);
		fc.assert(fc.property(waves, (noise) => !isSteady(steadinessOf(series(slope, noise)))));
	});

	it('grows all the same when a cache is given back meanwhile', () => {
		const when = fc.integer({ min: 0, max: 2 * HALF });
		const slope = (2 * MOST_MB) / (2 * HALF);
		const property = fc.property(waves, when, (noise, dropAt) => {
			const dropped = noise.map((wave, at) => wave / 5 - (at >= dropAt ? 7 : 0));
			return !isSteady(steadinessOf(series(slope, dropped)));
		});
		fc.assert(property);
	});

	it('does not take one high sample for growth', () => {
		const noise = Array.from({ length: 2 * HALF }, (_, at) => (at === 2 * HALF - 3 ? 5 : 0));
		expect(isSteady(steadinessOf(series(0, noise)))).toBe(true);
	});

	it('may shrink', () => {
		const noise = Array.from({ length: 2 * HALF }, () => 0);
		expect(isSteady(steadinessOf(series(-1, noise)))).toBe(true);
	});
});

describe('A process that a soak or a measurement starts', () => {
	const start = (program: string) =>
		spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });

	it('says one thing after the other', async () => {
		const child = start("process.send(1); process.on('message', (said) => process.send(said + 1))");
		expect(await nextMessage(child)).toBe(1);
		child.send(1);
		expect(await nextMessage(child)).toBe(2);
		child.kill();
	});

	it('that ends without an answer is an error, and no end of the wait', async () => {
		const child = start("process.send(1); process.on('message', () => process.exit(0))");
		expect(await nextMessage(child)).toBe(1);
		child.send('next');
		await expect(nextMessage(child)).rejects.toThrow('ended without an answer');
		await expect(nextMessage(child)).rejects.toThrow('ended without an answer');
	});
});
