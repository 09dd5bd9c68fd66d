import type { IDataObject } from 'n8n-workflow';

/**
 * Thrown in place of a call where the person chose to leave such items out: nothing is sent for the
 * item, it fails nothing, and `record` is its output.
 */
export class LeftOut extends Error {
	constructor(readonly record: IDataObject) {
		super('The item is left out');
		this.name = 'LeftOut';
	}
}
