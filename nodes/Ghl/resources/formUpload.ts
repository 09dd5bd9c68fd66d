import { randomUUID } from 'node:crypto';
import { BadInput } from '../../engine/badInput';
import { callTo } from '../../engine/call/callTo';
import { multipart } from '../../engine/call/multipart';
import { operation } from '../../engine/describe/verbs';
import { required } from '../../engine/describe/fields';
import { picker } from '../../engine/describe/locator';
import type { Io } from '../../engine/operation';
import { contactByIdentity } from '../calls/contactByIdentity';
import { contactId, customFieldModes } from '../editor/pickers';
import { resolveCustomField } from '../fields/customFields';
import { fileOf, fileNames, inputFiles } from './customFieldUpload';

const ROUTE = 'POST /forms/upload-custom-files';

const customField = required(
	picker('Custom Field', 'fileField', customFieldModes, {
		description: 'A custom field of the type File Upload',
	}),
);

async function build(io: Io) {
	const { locationId } = io.account.values;
	const contact = String(await contactByIdentity(io.parameter('contactId'), io)).trim();
	const chosen: unknown = io.context.getNodeParameter('fileField', io.itemIndex, '');
	const { id, dataType } = await resolveCustomField(chosen, io);
	if (!['', 'FILE_UPLOAD'].includes(dataType)) {
		throw new BadInput(
			'The custom field takes no files',
			`Its type is ${dataType}: choose a field of the type File Upload.`,
		);
	}
	if (contact === '') throw new BadInput('“Contact” is empty', 'Choose who the files are for.');
	const parts = await Promise.all(
		fileNames(io).map(async (name) => ({
			...(await fileOf(name, io)),
			// HighLevel tells by the name of the part which field and which of its files it is.
			field: `${id}_${randomUUID()}`,
		})),
	);
	return callTo(ROUTE, {
		query: { contactId: contact, locationId },
		readyBody: multipart({}, parts),
		scope: 'forms.write',
	});
}

export const uploadFormFiles = operation(ROUTE, {
	value: 'upload',
	name: 'Upload Files',
	action: 'Upload files to a contact',
	description:
		'Add files to a custom field of a contact (type File Upload) and return the contact. Existing files are kept.',
	scope: 'forms',
	fields: [contactId, customField, inputFiles],
	result: 'contact',
	build,
});
