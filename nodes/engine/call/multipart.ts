import { randomUUID } from 'node:crypto';
import type { ReadyBody } from '../operation';

/** A file of a form. */
export interface FormFile {
	/** The name of the form's field that it is in. */
	field: string;
	fileName: string;
	mimeType: string;
	data: Buffer;
}

/**
 * A `multipart/form-data` body (RFC 7578), text fields first. Names are quoted as browsers do it:
 * a line break or a quote in one cannot end the header it stands in.
 */
export function multipart(
	fields: Record<string, string>,
	files: FormFile[],
	boundary = `form-${randomUUID()}`,
): ReadyBody & { data: Buffer } {
	const chunks: Buffer[] = [];
	const line = (text: string) => chunks.push(Buffer.from(`${text}\r\n`));
	for (const [name, value] of Object.entries(fields)) {
		line(`--${boundary}`);
		line(`Content-Disposition: form-data; name="${quoted(name)}"`);
		line('');
		line(value);
	}
	for (const { field, fileName, mimeType, data } of files) {
		line(`--${boundary}`);
		line(`Content-Disposition: form-data; name="${quoted(field)}"; filename="${quoted(fileName)}"`);
		line(`Content-Type: ${mimeType.replace(/[^\x21-\x7e ]/g, '')}`);
		line('');
		chunks.push(data);
		line('');
	}
	line(`--${boundary}--`);
	return { contentType: `multipart/form-data; boundary=${boundary}`, data: Buffer.concat(chunks) };
}

function quoted(name: string): string {
	return name.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
