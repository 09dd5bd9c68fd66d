/** The part of JSON Schema that n8n's editor reads for a preview of a node's output. */
export interface OutputSchema {
	type: string;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** The schema of values that were seen; a field that one of them has is in it. */
export function inferSchema(values: unknown[]): OutputSchema {
	const seen = values.filter((value) => value !== null && value !== undefined);
	if (seen.length === 0) return { type: 'null' };
	const [first] = seen;
	if (Array.isArray(first)) return { type: 'array', items: inferSchema(seen.flat()) };
	if (typeof first !== 'object') return { type: typeof first };
	const records = seen as Array<Record<string, unknown>>;
	// A key without a value is in no output.
	const isThere = (record: Record<string, unknown>) => (key: string) => record[key] !== undefined;
	const keys = records.flatMap((record) => Object.keys(record).filter(isThere(record)));
	return {
		type: 'object',
		properties: Object.fromEntries(
			[...new Set(keys)]
				.sort()
				.map((key) => [key, inferSchema(records.map((record) => record[key]))]),
		),
	};
}
