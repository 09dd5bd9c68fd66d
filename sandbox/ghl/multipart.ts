import type { FastifyInstance } from 'fastify';

/** A file of an upload, as HighLevel's answer describes it. */
export interface UploadedFile {
	fieldname: string;
	originalname: string;
	encoding: '7bit';
	mimetype: string;
	size: number;
}

/** Reads multipart bodies: the text fields by name, and what is known of the files as `files`. */
export function acceptMultipart(app: FastifyInstance): void {
	app.addContentTypeParser(
		'multipart/form-data',
		{ parseAs: 'buffer' },
		async (request: { headers: Record<string, unknown> }, body: Buffer) => {
			const headers = { 'content-type': String(request.headers['content-type']) };
			const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => {
				throw Object.assign(new Error('Malformed multipart body'), { statusCode: 400 });
			});
			const files: UploadedFile[] = [];
			const fields: Record<string, string> = {};
			form.forEach((value, fieldname) => {
				if (typeof value === 'string') fields[fieldname] = value;
				else {
					const { name: originalname, type: mimetype, size } = value;
					files.push({ fieldname, originalname, encoding: '7bit', mimetype, size });
				}
			});
			return { ...fields, files };
		},
	);
}
