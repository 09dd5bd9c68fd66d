import type { IBinaryData } from 'n8n-workflow';
import { callTo } from '../../engine/call/callTo';
import { BadInput } from '../../engine/badInput';
import { additionalFields, field, required } from '../../engine/describe/fields';
import { listOrId, locator } from '../../engine/describe/locator';
import { operation } from '../../engine/describe/verbs';
import { multipart, type FormFile } from '../../engine/call/multipart';
import type { Io } from '../../engine/operation';
import { toList } from '../../engine/values';

const ROUTE = 'POST /locations/{locationId}/customFields/upload';

/** The input fields of an upload. */
export const inputFiles = required(
	field({
		displayName: 'Input Binary Fields',
		name: 'binaryFields',
		type: 'string',
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The names of the input fields that hold the files, separated by commas',
	}),
);

const owner = field(
	locator('Upload For', 'uploadFor', listOrId('searchContacts', 'ocQHyuzHvysMo5N5VsXc'), {
		required: true,
		description:
			'The contact that the files are for. By ID you can also give an opportunity or a custom field.',
	}),
);

const maxFiles = field({
	displayName: 'Max Files',
	name: 'maxFiles',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 15,
	description: 'How many files the custom field may hold',
});

/** A file of the item. n8n throws an error where there is none of that name. */
export async function fileOf(name: string, { context, itemIndex }: Io): Promise<FormFile> {
	const about: IBinaryData = context.helpers.assertBinaryData(itemIndex, name);
	const extension = about.fileExtension ? `.${about.fileExtension}` : '';
	const fileName = about.fileName ?? `${name}${extension}`;
	return {
		// The name of the part is not documented. HighLevel's example answer names it like the file.
		field: fileName,
		fileName,
		mimeType: about.mimeType,
		data: await context.helpers.getBinaryDataBuffer(itemIndex, name),
	};
}

/** @throws BadInput where none is named */
export function fileNames(io: Io): string[] {
	const names = toList(io.parameter('binaryFields') ?? '');
	if (names.length > 0) return names;
	throw new BadInput(
		'“Input Binary Fields” is empty',
		'Name the fields of the item that hold the files, such as data.',
	);
}

async function build(io: Io) {
	const { locationId } = io.account.values;
	const id = String(io.parameter('uploadFor') ?? '').trim();
	const more = io.parameter('additionalFields', {}) as { maxFiles?: number };
	if (id === '') throw new BadInput('“Upload For” is empty', 'Choose who the files are for.');
	const parts = await Promise.all(fileNames(io).map(async (name) => await fileOf(name, io)));
	const fields = { id, ...(more.maxFiles && { maxFiles: String(more.maxFiles) }) };
	return callTo(ROUTE, {
		values: { locationId },
		readyBody: multipart(fields, parts),
		scope: 'locations/customFields.write',
	});
}

export const uploadFiles = operation(ROUTE, {
	value: 'upload',
	name: 'Upload Files',
	action: 'Upload files for a custom field',
	description:
		'Upload files to HighLevel for a custom field of the type File Upload. Returns their URLs, which you then set on the contact with Update.',
	scope: 'locations/customFields',
	fields: [owner, inputFiles, additionalFields([maxFiles])],
	build,
});
