import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../engine/values';
import type { Portion } from './portions';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isName: Check = (value) => isText(value) && value !== '';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const isAny: Check = isObject;

const oneOf =
	(...values: unknown[]): Check =>
	(value) =>
		values.includes(value);
const listOf =
	(check: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(check);
const optional =
	(check: Check): Check =>
	(value) =>
		value === undefined || check(value);
const objectWith =
	(checks: Record<string, Check>): Check =>
	(value) =>
		isObject(value) && Object.entries(checks).every(([key, check]) => check(value[key]));

const isLink = objectWith({
	...{ pairId: isName, aId: isText, bId: isText, state: isName },
	...{ rev: isNumber, base: isText, aliases: isText, keys: isText, writes: isText },
});

const isChange = objectWith({ field: isName, name: isName, kind: isName, normalise: isName });

const isWrite: Check = (item) =>
	objectWith({
		...{ action: oneOf('create', 'update'), side: oneOf('A', 'B'), id: isText, name: isText },
		...{ keys: isAny, set: isAny, expect: isAny, lookUpFirst: isFlag },
		...{ addTags: listOf(isText), removeTags: listOf(isText), ownTags: optional(listOf(isText)) },
		...{ opKey: isName, runId: isText, changes: listOf(isChange), link: isLink },
		stored: optional(objectWith({ rev: isNumber, base: isText })),
	})(item) &&
	isObject(item) &&
	(item.action === 'update') === (item.id !== '');

const isWhole = objectWith({
	...{ portion: isNumber, of: isNumber, secondsLeft: isNumber, auditValues: isFlag },
	...{ items: listOf(isWrite), lists: listOf(isNumber), goOn: listOf(isText) },
	writes: objectWith({ total: isNumber, before: isNumber }),
	account: optional(objectWith({ location: isText, workspace: isText })),
	plan: optional(objectWith({ previewOnly: isFlag, text: isText, questions: isNumber })),
	runRow: optional(isLink),
});

/**
 * Whether an item is a portion of a plan, as Plan has put it out. Each part is looked at, because after the
 * first write nothing may fail any more that keeps the rows of the others from being put out.
 */
export function isPortion(json: IDataObject): json is IDataObject & Portion {
	return isWhole(json);
}
