import fc from 'fast-check';
import { multipart } from '../../../nodes/engine/call/multipart';

/** Read by Node's own parser of forms. */
async function parsed(body: ReturnType<typeof multipart>): Promise<FormData> {
	const headers = { 'content-type': body.contentType };
	return await new Response(new Uint8Array(body.data), { headers }).formData();
}

function filesOf(form: FormData): File[] {
	const files: File[] = [];
	form.forEach((value) => typeof value !== 'string' && files.push(value));
	return files;
}

const name = fc.string({ minLength: 1, unit: 'grapheme' });

it('arrives as it was sent, whatever the names, values and bytes are', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,10}$/), fc.string({ unit: 'grapheme' })),
			fc.uniqueArray(fc.record({ field: name, fileName: name, bytes: fc.uint8Array() }), {
				selector: ({ field }) => field,
			}),
			async (fields, files) => {
				const form = await parsed(
					multipart(
						fields,
						files.map(({ bytes, ...file }) => ({
							...file,
							mimeType: 'application/pdf',
							data: Buffer.from(bytes),
						})),
					),
				);
				for (const [key, value] of Object.entries(fields)) expect(form.get(key)).toBe(value);
				const arrived = filesOf(form);
				expect(arrived.map((file) => file.name)).toEqual(files.map(({ fileName }) => fileName));
				for (const [index, file] of arrived.entries()) {
					expect(file.type).toBe('application/pdf');
					expect(new Uint8Array(await file.arrayBuffer())).toEqual(files[index].bytes);
				}
			},
		),
		{ numRuns: 300 },
	);
});

it('lets no name break out of its header', async () => {
	const evil = 'a"; filename="x"\r\nContent-Type: text/html\r\n\r\nboo';
	const file = {
		field: evil,
		fileName: evil,
		mimeType: 'text/plain\r\nX: y',
		data: Buffer.from('hi'),
	};
	const form = await parsed(multipart({}, [file]));
	const arrived = filesOf(form);
	expect(arrived).toHaveLength(1);
	expect(await arrived[0].text()).toBe('hi');
});
