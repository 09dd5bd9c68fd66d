import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../nodes/engine/operation';
import { ghlResources } from '../../nodes/Ghl/resources';
import type { OutputSchema } from '../workflow/support/inferSchema';
import type { OfficialApi } from './support/officialApi';
import { isAnyEndpoint } from '../examples/anyEndpoint';
import { describeOfficial } from './support/openapi';
import {
	FULLER,
	NEVER_SHOWN,
	OWN_OUTPUTS,
	PLACES,
	UNDESCRIBED,
	type Place,
} from './support/outputs';
import type { Described } from './support/schemas';

// The output schemas are made from what the sandbox answers. Here they are held against what HighLevel
// says that it answers.import { isAnyEndpoint } from '../examples/anyEndpoint';

const operations = ghlResources.flatMap((resource) =>
	resource.operations.map((operation) => ({
		key: `${resource.value}:${operation.value}`,
		resource: resource.value,
		operation,
	})),
);
const described = operations.filter(
	({ key }) => !isAnyEndpoint(key) && !OWN_OUTPUTS.some((own) => own.operations.test(key)),
);

const outputOf = (key: string): OutputSchema => {
	const path = `../../nodes/Ghl/__schema__/v1.0.0/${key.replace(':', '/')}.json`;
	return JSON.parse(readFileSync(join(__dirname, path), 'utf8')) as OutputSchema;
};

/** Where the answer of the operation's own endpoint has the record. */
function ownPlace({ request, result = '', pages }: Operation): Place {
	const items = typeof pages === 'object' ? pages.items : undefined;
	const list = typeof items === 'string' ? `${items}.[]` : result;
	return [`${request.method} ${request.path}`, list];
}

function recordAt(official: OfficialApi, [endpoint, way]: Place): Described | undefined {
	const [method, path] = endpoint.split(' ');
	let at = official.answer(method, path.replace(/\{\w+\}/g, 'x'));
	for (const part of way === '' ? [] : way.split('.')) {
		at = part === '[]' ? at?.items() : at?.property(part);
	}
	return at;
}

interface Comparison {
	/** How many properties the files describe. */
	compared: number;
	/** `property: our type, the types of the files` */
	different: string[];
	undescribed: string[];
}

function compare(output: OutputSchema, records: Described[]): Comparison {
	const found: Comparison = { compared: 0, different: [], undescribed: [] };
	const look = (schema: OutputSchema, at: Described[], path: string) => {
		const [first] = at;
		const { types } = first;
		const fits = types.length === 0 || types.includes(schema.type);
		const isInteger = schema.type === 'number' && types.includes('integer');
		if (!fits && !isInteger) found.different.push(`${path}: ${schema.type}, ${types.join(' or ')}`);
		for (const [name, inner] of Object.entries(schema.properties ?? {})) {
			const inside = `${path}${path && '.'}${name}`;
			const parts = at.flatMap((one) => one.property(name) ?? []);
			if (parts.length > 0) {
				found.compared++;
				look(inner, parts, inside);
			} else if (at.some(({ names }) => names.length > 0)) found.undescribed.push(inside);
		}
		const items = at.flatMap((one) => one.items() ?? []);
		if (schema.items && items.length > 0) look(schema.items, items, `${path}[]`);
	};
	look(output, records, '');
	return found;
}

describeOfficial('the output schemas against the official OpenAPI files', (official) => {
	const comparisonOf = ({ key, resource, operation }: (typeof operations)[number]) => {
		const places = [PLACES[key]?.place ?? ownPlace(operation), ...(FULLER[resource] ?? [])];
		return compare(
			outputOf(key),
			places.flatMap((place) => recordAt(official, place) ?? []),
		);
	};

	const notShown = (key: string, difference: string) =>
		NEVER_SHOWN.find(
			({ operation, property }) =>
				operation === key && difference.startsWith(`${property}: null, `),
		);
	const undescribedBy = (key: string, property: string) =>
		UNDESCRIBED.find(
			({ operations: some, properties }) => some.test(key) && properties.includes(property),
		);

	it.each(described)('$key: every type is as documented, every property known', (one) => {
		const { compared, different, undescribed } = comparisonOf(one);
		expect(different.filter((difference) => !notShown(one.key, difference))).toEqual([]);
		expect(undescribed.filter((property) => !undescribedBy(one.key, property))).toEqual([]);
		expect(compared).toBeGreaterThan(0);
	});

	it('has no exception that nothing needs', () => {
		const needed = new Set<unknown>(
			described.flatMap((one) => {
				const { different, undescribed } = comparisonOf(one);
				return [
					...different.map((difference) => notShown(one.key, difference)),
					...undescribed.flatMap((property) => [undescribedBy(one.key, property), property]),
				];
			}),
		);
		expect(NEVER_SHOWN.filter((exception) => !needed.has(exception))).toEqual([]);
		expect(UNDESCRIBED.filter((exception) => !needed.has(exception))).toEqual([]);
		const properties = UNDESCRIBED.flatMap((exception) => exception.properties);
		expect(properties.filter((property) => !needed.has(property))).toEqual([]);
		const keys = operations.map(({ key }) => key);
		expect(Object.keys(PLACES).filter((key) => !keys.includes(key))).toEqual([]);
		expect(OWN_OUTPUTS.filter((own) => !keys.some((key) => own.operations.test(key)))).toEqual([]);
	});

	it('finds another type, a type that was never shown, and a property that nobody knows', () => {
		const note = recordAt(official, ['GET /contacts/{contactId}/notes/{id}', 'note']);
		const output = {
			type: 'object',
			properties: {
				id: { type: 'number' },
				body: { type: 'null' },
				userId: { type: 'string' },
				invented: { type: 'string' },
			},
		};
		expect(compare(output, note ? [note] : [])).toEqual({
			compared: 3,
			different: ['id: number, string', 'body: null, string'],
			undescribed: ['invented'],
		});
	});
});
