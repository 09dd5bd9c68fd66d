import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Io } from '../../../nodes/engine/operation';
import { nameCustomFields } from '../../../nodes/Ghl/fields/customFields';

const FIELDS = [
	{ id: 'f1', name: 'Competitor', fieldKey: 'opportunity.competitor', dataType: 'TEXT' },
	{ id: 'f2', name: 'Seats', fieldKey: 'opportunity.seats', dataType: 'NUMERICAL' },
	{ id: 'f3', name: 'Interests', fieldKey: 'opportunity.interests', dataType: 'MULTIPLE_OPTIONS' },
	{ id: 'f4', name: 'Decision date', fieldKey: 'opportunity.decision_date', dataType: 'DATE' },
	{ id: 'f5', name: 'Offer', fieldKey: 'opportunity.offer', dataType: 'FILE_UPLOAD' },
	{ id: 'f6', name: 'Region', fieldKey: 'opportunity.region', dataType: 'TEXT' },
	{ id: 'f7', name: 'region', fieldKey: 'opportunity.region_2', dataType: 'TEXT' },
];

async function named(record: IDataObject, byName = true, simplify = false): Promise<IDataObject> {
	const io = {
		context: { getTimezone: () => 'America/New_York' } as unknown as IExecuteFunctions,
		account: { values: { locationId: 'l' } },
		parameter: (name: string) => (name === 'simplify' ? simplify : { customFieldsByName: byName }),
		read: async () => ({ statusCode: 200, headers: {}, body: { customFields: FIELDS } }),
	} as unknown as Io;
	return await nameCustomFields(record, io, 'opportunity');
}

/** As HighLevel answers the custom fields of an opportunity: each under a key of its type. */
const typed = [
	{ id: 'f1', type: 'string', fieldValueString: 'Acme' },
	{ id: 'f2', type: 'number', fieldValue: '', fieldValueNumber: 25 },
	{ id: 'f3', type: 'array', fieldValueArray: ['a', 'b'] },
	{ id: 'f4', type: 'date', fieldValueDate: Date.UTC(2031, 0, 31) },
	{ id: 'f5', type: 'file', fieldValueFiles: [{ url: 'https://example.com/offer.pdf' }] },
];

it('reads the value of a custom field under each of the keys that HighLevel has for it', async () => {
	const values = {
		Competitor: 'Acme',
		Seats: 25,
		Interests: ['a', 'b'],
		'Decision date': '2031-01-31',
		Offer: [{ url: 'https://example.com/offer.pdf' }],
	};
	expect(await named({ id: 'o', customFields: typed })).toEqual({
		id: 'o',
		customFields: typed,
		customFieldValues: values,
	});
	// As its POST search calls the list.
	expect(await named({ id: 'o', custom_fields: typed })).toEqual({
		id: 'o',
		customFields: typed,
		customFieldValues: values,
	});
	const { customFieldValues } = await named({
		customFields: [
			{ id: 'f1', value: 'a contact’s' },
			{ id: 'f2', fieldValue: 0 },
			{ id: 'f3', fieldValueArray: null },
			{ id: 'gone', value: 1 },
		],
	});
	expect(customFieldValues).toEqual({
		Competitor: 'a contact’s',
		Seats: 0,
		Interests: null,
		gone: 1,
	});
});

it('tells fields of one name apart by their keys', async () => {
	const { customFieldValues } = await named({
		customFields: [
			{ id: 'f6', value: 'North' },
			{ id: 'f7', value: 'South' },
		],
	});
	expect(customFieldValues).toEqual({
		'opportunity.region': 'North',
		'opportunity.region_2': 'South',
	});
});

it('leaves one of the two of a record that is simplified', async () => {
	const record = { id: 'o', customFields: [{ id: 'f2', fieldValueNumber: 25 }] };
	expect(await named(record, true, true)).toEqual({ id: 'o', customFieldValues: { Seats: 25 } });
	expect(await named(record, false, true)).toEqual(record);
	expect(await named({ id: 'o', customFields: [] }, false, true)).toEqual({ id: 'o' });
});

it('reads no names unless they are asked for', async () => {
	expect(await named({ custom_fields: typed }, false)).toEqual({ customFields: typed });
});
