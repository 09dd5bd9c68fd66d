import type { INodeParameters, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { GhlContacts } from '../../../nodes/Ghl/GhlContacts.node';
import { GhlPollingTrigger } from '../../../nodes/Ghl/GhlPollingTrigger.node';

const at = { typeVersion: 1 };

/** The parameters of a stored node as n8n runs it: it drops those of which it shows no property. */
function kept(stored: INodeParameters, { description }: INodeType = new GhlContacts()) {
	const { properties } = description;
	return NodeHelpers.getNodeParameters(properties, stored, true, false, at, description) ?? {};
}

/** The parameters that the editor shows, where an expression has the value that it finds. */
function inSight(stored: INodeParameters, node: INodeType = new GhlContacts()): string[] {
	const values = kept(stored, node);
	const found = (value: unknown) => typeof value === 'string' && value.startsWith('=');
	for (const [name, value] of Object.entries(values)) if (found(value)) values[name] = '';
	return node.description.properties
		.filter(({ type }) => type !== 'hidden')
		.filter((one) => NodeHelpers.displayParameter(values, one, at, node.description))
		.map(({ name }) => name);
}

describe('Location', () => {
	const create = { resource: 'contact', operation: 'create' };
	const expression = { __rl: true, mode: 'id', value: '={{ $json.location_id }}' };
	const empty = { __rl: true, mode: 'list', value: '' };

	it.each([
		['GHL Contacts', new GhlContacts(), create],
		['GHL Polling Trigger', new GhlPollingTrigger(), { event: 'contactCreated' }],
	])('of %s is out of sight with a private integration, which opens one', (_name, node, stored) => {
		expect(inSight(stored, node)).not.toContain('location');
		expect(inSight({ ...stored, location: empty }, node)).not.toContain('location');
		expect(inSight({ ...stored, location: '' }, node)).not.toContain('location');
		expect(inSight({ ...stored, authentication: 'oAuth2' }, node)).toContain('location');
	});

	// The run refuses the location of another client. It could not, were the value dropped.
	it.each([expression, '={{ $json.location_id }}', { ...expression, value: 'abc' }])(
		'%j that is stored counts with a private integration too',
		(location) => {
			for (const authentication of ['privateIntegration', 'oAuth2'])
				expect(kept({ ...create, authentication, location }).location).toEqual(location);
			expect(kept({ ...create, location }).location).toEqual(location);
			const isPicker = typeof location === 'object';
			if (isPicker) expect(inSight({ ...create, location })).toContain('location');
		},
	);

	it('is once in sight', () => {
		for (const authentication of ['privateIntegration', 'oAuth2']) {
			const shown = inSight({ ...create, authentication, location: expression });
			expect(shown.filter((name) => name === 'location')).toHaveLength(1);
		}
	});

	it('has no place where all locations are listed', () => {
		const all = { resource: 'location', operation: 'getManyInstalled', authentication: 'oAuth2' };
		expect(inSight(all)).not.toContain('location');
	});
});

describe('Must Match', () => {
	const getMany = { resource: 'contact', operation: 'getMany', combine: 'OR' };
	const row = { field: 'email', operator: 'exists' };

	it('is in sight once there are two filters, and keeps what is chosen', () => {
		const withRows = (...values: INodeParameters[]) => ({ ...getMany, filters: { values } });
		expect(inSight(getMany)).not.toContain('combine');
		expect(inSight(withRows(row))).not.toContain('combine');
		expect(inSight(withRows(row, row))).toContain('combine');
		for (const stored of [getMany, withRows(row), withRows(row, row)])
			expect(kept(stored).combine).toBe('OR');
	});
});

// Older workflows have these values where newer ones have an option or an additional field.
describe.each([
	['query', { resource: 'contact', operation: 'getMany' }, 'jane', 'options'],
	[
		'sort',
		{ resource: 'contact', operation: 'getMany' },
		{ values: [{ field: 'dateAdded', direction: 'desc' }] },
		'options',
	],
	['completed', { resource: 'contactTask', operation: 'create' }, true, 'additionalFields'],
])('%s of an older workflow', (name, operation, value, collection) => {
	it('counts and is in sight', () => {
		expect(kept({ ...operation, [name]: value })[name]).toEqual(value);
		expect(inSight({ ...operation, [name]: value })).toContain(name);
	});

	it('is out of sight in a newer one, which has it among others', () => {
		expect(inSight(operation)).not.toContain(name);
		const stored = { ...operation, [collection]: { [name]: value } };
		expect(inSight(stored)).not.toContain(name);
		expect(kept(stored)[collection]).toEqual({ [name]: value });
	});
});

it.each([
	['query', { resource: 'contact', operation: 'getMany' }],
	['completed', { resource: 'contactTask', operation: 'create' }],
])('%s of an older workflow is in sight while its expression finds nothing', (name, operation) => {
	const stored = { ...operation, [name]: '={{ $json.text }}' };
	expect(kept(stored)[name]).toBe('={{ $json.text }}');
	expect(inSight(stored)).toContain(name);
});
