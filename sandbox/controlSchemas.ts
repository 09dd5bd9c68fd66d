/** The parts that the bodies of the control API are described with. */

export const object = (properties: Record<string, object>, required: string[] = []): object => ({
	type: 'object',
	properties,
	required,
	additionalProperties: false,
});
export const text = { type: 'string' };
export const flag = { type: 'boolean' };
export const count = { type: 'integer', minimum: 0 };
export const share = { type: 'number', minimum: 0, maximum: 1 };
export const textsByName = { type: 'object', additionalProperties: text };
