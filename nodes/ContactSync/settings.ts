import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { BadInput } from '../engine/badInput';
import { isObject, rowsOf, toIds, toList, unwrap } from '../engine/values';
import { CUSTOM, readTable } from './fieldTable';
import type { FieldTable } from './fieldTable';
import { stateOf } from './accounts/inputs';
import { flagOf, requireChoice } from './choices';
import { keptFrom, keptText, type ReadParameter } from './keptSettings';
import { columns } from './fieldMapping';
import { properties } from './properties';
import { accountNamed, CONNECTED } from './readProperties';
import {
	newContactPolicy,
	ownerRules,
	readNewContacts,
	type NewContactSettings,
} from './newContacts';
import { DEFAULT_LIMITS } from './reconcile';
import type { AccountPair, BrakeName, Limit, PlanInput, Policy } from './reconcile';

/** The settings of the operation Plan, as the person made them in the node. */
export interface PlanSettings {
	mode: PlanInput['mode'];
	dryRun: boolean;
	policy: Policy;
	overrides: PlanInput['overrides'];
	table: FieldTable;
	absentIsBlank: boolean;
	/** Whether the node reads both accounts by itself; else they come as items. */
	fromAccounts: boolean;
	account: AccountPair;
	/** Of a full run: its settings as a text, for partial runs. */
	kept: string | undefined;
	newContacts: NewContactSettings;
	/** The HeyReach lists whose leads are read. */
	lists: number[];
	/** How the person says that each side was read. */
	reads: { A: ReadSetting; B: ReadSetting };
}

/** The same before the lists were looked up: IDs, names, or `*` for all (`chosenLists`). */
export interface GivenSettings extends Omit<PlanSettings, 'lists'> {
	lists: string[];
}

export interface ReadSetting {
	complete: 'auto' | 'yes' | 'no';
	/** The number of items in a whole read; 0 where it is unknown. */
	expected: number;
}

const MINUTE_MS = 60_000;

/** The brakes that the person can lift for one run, by a number. */
const LIFTABLE: BrakeName[] = ['creates', 'updates', 'gone', 'emptySide', 'newPolicy'];

export function readSettings(context: IExecuteFunctions): GivenSettings {
	const own = (name: string, fallback: unknown): unknown =>
		context.getNodeParameter(name, 0, fallback as string);
	const mode = own('mode', 'full') === 'partial' ? 'partial' : 'full';
	requireChoice(properties, 'mode', own('mode', 'full'));
	const account = accountNamed(context);
	const fromAccounts = CONNECTED.includes(String(own('authentication', 'none')));
	const links = () => stateOf(context, fromAccounts ? 1 : 2).links;
	const of = mode === 'partial' ? keptFrom(links(), account, own) : own;
	const group = (name: string): IDataObject => {
		const value = of(name, {});
		return isObject(value) ? (value as IDataObject) : {};
	};
	const options = group('options');
	const tagOptions = group('tagOptions');
	const allowed = group('allowOnce');
	const rows = rowsIn(of('fieldMapping', {}));
	const exceptions = rowsOf(options.fieldExceptions, 'rows');
	requireChoices(of, [...rows, ...exceptions]);
	const table = readTable(rows, exceptions);
	const createsInA = flagOf('Create Missing in GHL', of('createInGhl', false), false);
	const createsInB = flagOf('Create Missing in HeyReach', of('createInHeyReach', false), false);
	const newContacts = readNewContacts(of, createsInA);
	const goneTag = {
		A: textOf(unwrap(tagOptions.goneTagGhl)),
		B: textOf(tagOptions.goneTagHeyReach),
	};
	return {
		mode,
		dryRun: flagOf('Dry Run', of('dryRun', false), false),
		policy: {
			fields: [...table.fields, ...ownerRules(newContacts)],
			...newContactPolicy(newContacts),
			...(table.tags && {
				tags: {
					...table.tags,
					prefixes: toList(tagOptions.prefixes ?? ''),
					allow: [
						...toList(unwrap(tagOptions.tags) ?? ''),
						...[goneTag.A, goneTag.B].filter((tag) => tag !== ''),
					],
				},
			}),
			initial: of('initial', 'fillBlank') as Policy['initial'],
			create: { A: createsInA, B: createsInB },
			// HighLevel lets only one contact have an email or a phone (docs/apis/highlevel.md#contacts).
			unique: { A: { email: 'email', phone: 'phone' } },
			// HeyReach drops a lead without them and answers 200 (docs/apis/heyreach.md#errors).
			requiredToCreate: { B: ['profileUrl', 'firstName', 'lastName'] },
			...((goneTag.A || goneTag.B) && {
				goneTag: { ...(goneTag.A && { A: goneTag.A }), ...(goneTag.B && { B: goneTag.B }) },
			}),
			matchByPhone: options.matchByPhone === true,
			brakes: {
				...limits(options),
				newPolicy: flagOf('Preview New Settings', options.previewNewSettings, true),
			},
			auditValues: flagOf('Old and New Values in Audit', options.auditValues, true),
			graceMs: numberOf(options.graceMinutes, 15) * MINUTE_MS,
		},
		overrides: Object.fromEntries(
			LIFTABLE.filter((name) => allowed[name] !== undefined).map((name) => [
				name,
				numberOf(allowed[name], 0),
			]),
		),
		table,
		fromAccounts,
		account,
		kept: mode === 'full' ? keptText(own) : undefined,
		lists: fromAccounts ? listsIn(of('lists', [])) : [],
		newContacts,
		absentIsBlank: flagOf('Missing GHL Fields Are Blank', options.absentIsBlank, true),
		reads: {
			A: read(options.ghlComplete, options.expectedGhl),
			B: read(options.heyReachComplete, options.expectedHeyReach),
		},
	};
}

/** The rows of the field table. Older workflows have custom fields among the others. */
const rowsIn = (mapping: unknown): IDataObject[] => [
	...rowsOf(mapping, 'rows'),
	...rowsOf(mapping, 'custom').map((row) => ({ ...row, ghlField: CUSTOM })),
];

/** @throws BadInput for no list */
function listsIn(value: unknown): string[] {
	const lists = toIds(value ?? []);
	if (lists.length > 0) return lists;
	throw new BadInput(
		'No HeyReach list is chosen',
		'Choose under HeyReach Lists the lists whose leads are kept in step. HeyReach has no list of all leads.',
	);
}

/** The parameters with a fixed list of choices and their defaults, and the columns of the field table with one. */
const CHOICES = { initial: 'fillBlank', createGhlWhen: 'any' };
const COLUMNS = ['direction', 'rule', 'tiebreak', 'clear', 'compare'];

/** @throws BadInput for a value that is none of the choices */
function requireChoices(read: ReadParameter, rows: readonly IDataObject[]): void {
	for (const [name, usual] of Object.entries(CHOICES))
		requireChoice(properties, name, read(name, usual));
	for (const row of rows)
		for (const name of COLUMNS) if (row[name]) requireChoice(columns, name, row[name]);
}

function limits(options: IDataObject): Record<'creates' | 'updates' | 'gone', Limit> {
	const of = (name: 'creates' | 'updates' | 'gone'): Limit => {
		const { count, share } = DEFAULT_LIMITS[name];
		const given = (rowsOf(options.brakes, 'limits') as IDataObject[]).find(
			({ brake }) => brake === name,
		);
		return {
			count: numberOf(given?.count, count),
			share: numberOf(given?.percent, share * 100) / 100,
		};
	};
	return { creates: of('creates'), updates: of('updates'), gone: of('gone') };
}

function read(complete: unknown, expected: unknown): ReadSetting {
	return {
		complete: complete === 'yes' || complete === 'no' ? complete : 'auto',
		expected: numberOf(expected, 0),
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

function numberOf(value: unknown, fallback: number): number {
	const number = Number(value);
	return value === undefined || value === null || value === '' || Number.isNaN(number)
		? fallback
		: number;
}
