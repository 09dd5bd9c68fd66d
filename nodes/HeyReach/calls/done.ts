import type { IDataObject } from 'n8n-workflow';
import type { Io } from '../../engine/operation';

/** The output for an empty answer: the record that the call was about. */
export const done =
	(...names: string[]) =>
	(_record: IDataObject, io: Io): IDataObject => ({ success: true, ...named(names, io) });

function named(names: string[], io: Io): IDataObject {
	const value = (name: string) => {
		const given = String(io.parameter(name));
		return /^\d{1,15}$/.test(given) ? Number(given) : given;
	};
	return Object.fromEntries(names.map((name) => [name, value(name)]));
}
