import type { IBinaryData } from 'n8n-workflow';
import { BadInput } from '../badInput';
import type { Answer, Field, Io } from '../operation';

/** Where the file of an answer goes among the binary data of the item. */
export const fileField: Field = {
	property: {
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		hint: 'The name of the output field that holds the file',
	},
};

/** The name that the person chose for it. */
export function fileFieldOf(io: Io): string {
	const name = String(io.parameter(fileField.property.name, 'data')).trim();
	if (name === '')
		throw new BadInput('“Put Output File in Field” is empty', 'Name a field, such as data.');
	return name;
}

/** The content of an answer as n8n's binary data, under the name and type that the answer gives. */
export async function fileIn({ body, headers }: Answer, { context }: Io): Promise<IBinaryData> {
	const content = Buffer.isBuffer(body) ? body : Buffer.from(String(body ?? ''));
	const named = /filename="?([^";]+)"?/i.exec(headers['content-disposition'] ?? '')?.[1];
	const [type] = (headers['content-type'] ?? '').split(';');
	// Without a name or a type n8n finds out what it is.
	return await context.helpers.prepareBinaryData(content, named, type.trim() || undefined);
}
