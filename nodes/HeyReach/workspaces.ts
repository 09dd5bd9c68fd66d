import { isObject } from '../engine/values';
import { BadInput } from '../engine/badInput';

/** The most workspaces that a credential carries beside its own. */
const FURTHER_WORKSPACES = 50;

/**
 * The keys of the credential under which a further workspace stands: `workspace2` to `workspace51`.
 * Each has a place of its own, because n8n restores a hidden key by its place: in a list, whoever
 * moves up would get the key of another client.
 */
export const WORKSPACE_PLACES = Array.from({ length: FURTHER_WORKSPACES }, (_, index) => ({
	name: `workspace${index + 2}`,
	displayName: `Workspace ${index + 2}`,
}));

/** The header by which a node names the workspace of a request. It is never sent to HeyReach. */
const WORKSPACE_HEADER = 'X-N8n-Workspace';

/** The name of the workspace that the credential's own key opens. */
export const OWN_WORKSPACE = '';

/** What stands for all workspaces of a credential in the triggers. */
export const ALL_WORKSPACES = '*';

/** A workspace and the key that opens it. */
export interface Workspace {
	/** Empty for the credential's own. */
	name: string;
	apiKey: string;
}

/**
 * The workspaces of a credential, its own first.
 *
 * @param credentials the decrypted fields of a HeyReach credential
 * @throws BadInput for a name without a key, a key without a name, and what stands there twice
 */
export function workspacesOf(credentials: object): Workspace[] {
	const { apiKey, workspaces } = credentials as Record<string, unknown>;
	const found: Workspace[] = [{ name: OWN_WORKSPACE, apiKey: textOf(apiKey) }];
	for (const { name: place, displayName } of WORKSPACE_PLACES) {
		const given = isObject(workspaces) ? workspaces[place] : undefined;
		if (!isObject(given)) continue;
		const workspace = { name: textOf(given.name), apiKey: keyOf(given.apiKey) };
		if (workspace.name === '' && workspace.apiKey === '') continue;
		checkFields(workspace, displayName);
		checkAgainst(workspace, found);
		found.push(workspace);
	}
	return found;
}

function checkFields({ name, apiKey }: Workspace, displayName: string): void {
	if (name === '') {
		throw new BadInput(
			`“${displayName}” of the HeyReach credential has an API key and no name`,
			'Open the credential and give the workspace a name.',
		);
	}
	if (name === ALL_WORKSPACES) {
		throw new BadInput(
			`“${displayName}” of the HeyReach credential is called “${ALL_WORKSPACES}”, which means all workspaces`,
			'Open the credential and give the workspace another name.',
		);
	}
	if (apiKey === '') {
		throw new BadInput(
			`Workspace “${name}” of the HeyReach credential has no API key`,
			'Open the credential and paste the public API key of that workspace (HeyReach > Integrations > HeyReach API).',
		);
	}
}

function checkAgainst({ name, apiKey }: Workspace, others: Workspace[]): void {
	if (others.some((other) => isSameName(other.name, name))) {
		throw new BadInput(
			`The HeyReach credential has two workspaces with the name “${name}”`,
			'Open the credential and give one of them another name. Upper and lower case count as the same.',
		);
	}
	const twin = others.find((other) => other.apiKey === apiKey);
	if (twin) {
		throw new BadInput(
			`Workspace “${name}” of the HeyReach credential has the same API key as ${calledIn(twin)}`,
			'Each key is for one workspace. Open the credential and paste the key of the right workspace.',
		);
	}
}

/**
 * The workspace of that name, whatever its capital letters.
 *
 * @throws BadInput that names the workspaces there are
 */
export function workspaceNamed(workspaces: Workspace[], name: string): Workspace {
	const found = workspaces.find((workspace) => isSameName(workspace.name, name));
	if (found) return found;
	const names = workspaces.map((workspace) => workspace.name).filter((one) => one !== '');
	throw new BadInput(
		`The HeyReach credential has no workspace “${name}”`,
		names.length > 0
			? `It has these: ${names.map((one) => `“${one}”`).join(', ')}. Leave Workspace empty for the credential's own workspace.`
			: 'It has its own workspace only. Open the credential and add the workspace under Further Workspaces.',
	);
}

/**
 * The workspace that a field names. An expression that finds nothing names none: in its place the
 * leads of one client would go into the workspace of another.
 *
 * @param value of the field; an empty text stands for the credential's own workspace
 * @throws BadInput for a name that the credential does not have
 */
export function chosenWorkspace(value: unknown, workspaces: Workspace[]): Workspace {
	const [own] = workspaces;
	// A blank is what is left of an expression with a space beside it that finds nothing.
	const isBlank = typeof value === 'string' && value !== OWN_WORKSPACE && value.trim() === '';
	if (value === undefined || value === null || isBlank) {
		if (workspaces.length === 1) return own;
		throw new BadInput(
			'The expression in Workspace finds nothing',
			"The credential has several workspaces, so each item must name one. For the credential's own workspace use an empty text. Nothing was sent for this item.",
		);
	}
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new BadInput(
			'Workspace is not a name',
			'Its expression gives a list or an object. Give the name of one workspace of the credential.',
		);
	}
	return workspaceNamed(workspaces, String(value).trim());
}

/** The same for a trigger, whose field can also stand for all workspaces. */
export function chosenWorkspaces(value: unknown, workspaces: Workspace[]): Workspace[] {
	return value === ALL_WORKSPACES ? workspaces : [chosenWorkspace(value, workspaces)];
}

/** How a sentence calls a workspace. */
export const calledIn = ({ name }: Pick<Workspace, 'name'>): string =>
	name === OWN_WORKSPACE ? "the credential's own workspace" : `workspace “${name}”`;

/** The header that names a workspace: percent-encoded, because a header holds ASCII only. */
export function markerFor({ name }: Workspace): Record<string, string> {
	return name === OWN_WORKSPACE ? {} : { [WORKSPACE_HEADER]: encodeURIComponent(name) };
}

/**
 * The headers without the marker, and what the marker names: empty where there is none. Whoever
 * wrote it into HTTP Request may have used an expression, so it need not be a text.
 */
export function takeMarker(headers: Record<string, unknown> = {}): {
	name: unknown;
	headers: Record<string, unknown>;
} {
	const isMarker = (key: string) => key.toLowerCase() === WORKSPACE_HEADER.toLowerCase();
	const entries = Object.entries(headers);
	const [, marker] = entries.find(([key]) => isMarker(key)) ?? [WORKSPACE_HEADER, OWN_WORKSPACE];
	return {
		name: typeof marker === 'string' ? decoded(marker.trim()) : marker,
		headers: Object.fromEntries(entries.filter(([key]) => !isMarker(key))),
	};
}

/** A name that a person wrote into HTTP Request need not be encoded. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

/** The form in which names are compared. */
export const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** n8n's signs for a saved secret and for none, where it had nothing to put in their place. */
const HIDDEN = /^__n8n_(BLANK|EMPTY)_VALUE_/;

function keyOf(value: unknown): string {
	const text = textOf(value);
	return HIDDEN.test(text) ? '' : text;
}

const textOf = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
