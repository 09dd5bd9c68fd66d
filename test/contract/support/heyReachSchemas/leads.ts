import {
	anything,
	filledText,
	flag,
	integer,
	list,
	object,
	orNull,
	page,
	paging,
	profile,
	text,
	textOrNull,
	whole,
	type HeyReachOperation,
	type JsonSchema,
} from './shapes';

const byProfileUrl = whole({ profileUrl: filledText });
const color = { enum: ['Blue', 'Green', 'Purple', 'Pink', 'Red', 'Cyan', 'Yellow', 'Orange'] };
const tag = whole({ displayName: filledText, color });

/** Either of the two, not both. */
const oneOf = (...names: string[]): JsonSchema => ({
	oneOf: names.map((name) => ({ properties: { [name]: filledText }, required: [name] })),
});

const changeTags: JsonSchema = {
	...object(
		{
			leadProfileUrl: text,
			leadLinkedInId: text,
			tags: list(filledText),
			createTagIfNotExisting: flag,
		},
		['tags'],
	),
	...oneOf('leadProfileUrl', 'leadLinkedInId'),
};
const newTags = whole({ newAssignedTags: list(text) });

export const leads: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/lead/GetLead',
		confidence: 'C',
		body: byProfileUrl,
		answer: object(
			{
				linkedin_id: text,
				imageUrl: textOrNull,
				firstName: textOrNull,
				lastName: textOrNull,
				fullName: textOrNull,
				location: textOrNull,
				summary: textOrNull,
				companyName: textOrNull,
				companyUrl: textOrNull,
				position: textOrNull,
				industry: textOrNull,
				about: textOrNull,
				username: textOrNull,
				emailAddress: textOrNull,
				connections: orNull(integer),
				followers: orNull(integer),
				experiences: list(anything),
				education: list(anything),
				profileUrl: text,
				enrichedEmailAddress: textOrNull,
				headline: textOrNull,
				emailEnrichments: list(anything),
			},
			['linkedin_id', 'firstName', 'lastName', 'profileUrl', 'emailAddress'],
		),
	},
	{
		method: 'POST',
		path: '/lead/GetTags',
		confidence: 'C',
		body: byProfileUrl,
		answer: whole({ tags: list(text) }),
	},
	{ method: 'POST', path: '/lead/AddTags', confidence: 'C', body: changeTags, answer: newTags },
	{ method: 'POST', path: '/lead/ReplaceTags', confidence: 'C', body: changeTags, answer: newTags },
	{
		method: 'POST',
		path: '/lead_tags/CreateTags',
		confidence: 'C',
		body: whole({ tags: { ...list(tag), minItems: 1 } }),
		// A bare array.
		answer: list(tag),
	},
];

export const network: HeyReachOperation[] = [
	{
		method: 'POST',
		path: '/MyNetwork/GetMyNetworkForSender',
		confidence: 'C',
		body: object(
			{
				senderId: integer,
				// Whether the first page is 0 or 1 is contradictory.
				pageNumber: { type: 'integer', minimum: 0 },
				pageSize: paging().limit,
			},
			['senderId'],
		),
		answer: page(profile),
	},
	{
		method: 'POST',
		path: '/MyNetwork/IsConnection',
		confidence: 'C',
		body: {
			...object({ senderAccountId: integer, leadProfileUrl: text, leadLinkedInId: text }, [
				'senderAccountId',
			]),
			...oneOf('leadProfileUrl', 'leadLinkedInId'),
		},
		answer: whole({ isConnection: flag }),
	},
];
