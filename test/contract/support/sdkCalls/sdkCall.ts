import type { HighLevel } from '@gohighlevel/api-client';
import type { IDataObject } from 'n8n-workflow';

/** What the node sent, taken apart for a method of the SDK. */
interface SdkParams {
	/** The parts of the path, in order. */
	ids: string[];
	/** The first of them, under the names that the SDK has for it. */
	id: string;
	contactId: string;
	locationId: string;
	query: IDataObject;
	body: IDataObject;
}

/** Asks the SDK for the same that an operation of the node did. */
export type SdkCall = (sdk: HighLevel, params: SdkParams) => Promise<unknown>;
