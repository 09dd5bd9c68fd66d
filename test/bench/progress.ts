/** What a benchmark does at the moment, beside its table. */
export function say(line: string): void {
	process.stderr.write(`${line}\n`);
}
