import { ACCESS_PRESETS, AGENCY_SCOPES, presetWith } from '../../../nodes/Ghl/accessPresets';
import { ghlPollingEvents } from '../../../nodes/Ghl/polling/events';
import { ghlResources } from '../../../nodes/Ghl/resources';
import { GhlOAuth2Api } from '../../../credentials/GhlOAuth2Api.credentials';

const all = ghlResources.flatMap((resource) => resource.operations);
/** The others need Many Locations (Agency) beside the access. */
const operations = all.filter(({ scope = '' }) => !AGENCY_SCOPES.includes(scope));
const preset = (value: string) =>
	new Set(ACCESS_PRESETS.find((candidate) => candidate.value === value)?.scopes);

/** What the editor's pickers ask for beside the operations. */
const TRIGGER_SCOPES = ghlPollingEvents.map(({ scope }) => scope);
const PICKER_SCOPES = ['calendars.readonly', 'locations/customFields.readonly', 'users.readonly'];

it('offers the least access first, and that is the default', () => {
	expect(ACCESS_PRESETS[0].scopes).toEqual(['contacts.readonly']);
	const access = new GhlOAuth2Api().properties.find(({ name }) => name === 'access');
	expect(access?.default).toBe(ACCESS_PRESETS[0].value);
});

it('has a preset that opens every operation, trigger and picker, and no scope more', () => {
	const used = new Set([
		...operations.map(({ scope }) => scope),
		...PICKER_SCOPES,
		...TRIGGER_SCOPES,
	]);
	expect([...preset('everything')].sort()).toEqual([...used].sort());
});

it('opens every read and no write with Read Everything', () => {
	for (const { scope = '', writes } of operations.filter((one) => one.scope))
		expect(preset('readEverything').has(scope)).toBe(!writes);
});

it('opens the operations of an agency with Many Locations (Agency)', () => {
	const others = all.filter((operation) => !operations.includes(operation));
	expect(others.map(({ value, asOwner }) => [value, asOwner])).toEqual([
		['getManyInstalled', true],
	]);
});

it('gives no preset that reads a scope that can write', () => {
	for (const name of ['readContacts', 'readEverything']) {
		for (const scope of preset(name)) expect(scope).toMatch(/\.readonly$/);
	}
});

it('names the least preset for a scope', () => {
	expect(presetWith('contacts.readonly')?.name).toBe('Read Contacts');
	expect(presetWith('contacts.write')?.name).toBe('Read and Write Contacts');
	expect(presetWith('businesses.write')?.name).toBe('Everything This Package Can Do');
	expect(presetWith('oauth.write')).toBeUndefined();
});
