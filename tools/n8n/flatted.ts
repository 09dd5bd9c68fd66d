/**
 * Reads the form in which n8n stores execution data (the npm package "flatted"): a list of values
 * in which every string inside an object or a list is the index of another value.
 */
export function parseFlatted(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const lookUp = (value: unknown) => (typeof value === 'string' ? values[Number(value)] : value);
	for (const value of values) {
		if (Array.isArray(value)) value.forEach((item, index) => (value[index] = lookUp(item)));
		else if (isRecord(value))
			for (const [key, item] of Object.entries(value)) value[key] = lookUp(item);
	}
	return values[0];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
