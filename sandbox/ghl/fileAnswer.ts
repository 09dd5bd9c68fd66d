/** An answer that is a file, and not JSON. */
export class FileAnswer {
	constructor(
		readonly content: Buffer,
		readonly contentType: string,
		readonly fileName: string,
	) {}
}
