import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { nextMessage, startProgram } from '../support/nextMessage';

/** A location with one contact, and the token of its private integration. */
export interface Client {
	locationId: string;
	contactId: string;
	token: string;
}

/** A workspace of HeyReach with one lead in one list. */
export interface Workspace {
	id: number;
	key: string;
	listId: number;
	profileUrl: string;
}

/** An agency as it is in one round. In the next one some clients are others, and tokens and keys are new. */
export interface Agency {
	clients: Client[];
	/** OAuth2 tokens of single locations. */
	connections: IDataObject[];
	/** The OAuth2 token for all locations. */
	agencyToken: IDataObject;
	workspaces: Workspace[];
}

/** A sandbox in a process of its own. */
export interface AgencySandbox {
	ghlUrl: string;
	heyReachUrl: string;
	nextRound(): Promise<Agency>;
	stop(): void;
}

export async function startAgency(): Promise<AgencySandbox> {
	const child = startProgram(join(__dirname, 'agencyProcess.ts'));
	const urls = await nextMessage<Pick<AgencySandbox, 'ghlUrl' | 'heyReachUrl'>>(child);
	return {
		...urls,
		nextRound: async () => {
			child.send('next');
			return await nextMessage<Agency>(child);
		},
		stop: () => void child.kill(),
	};
}
