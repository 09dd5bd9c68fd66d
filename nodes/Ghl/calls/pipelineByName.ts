import type { IDataObject } from 'n8n-workflow';
import { BadInput } from '../../engine/badInput';
import type { Io } from '../../engine/operation';
import { rowsOf, toText, unwrap } from '../../engine/values';
import { readList } from './lists';

/** 20 letters and digits, or a UUID. */
export const isId = (text: string): boolean =>
	/^([A-Za-z\d]{18,24}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/.test(text);

const isNamed = (wanted: string) => {
	const low = wanted.toLowerCase();
	return ({ id, name }: IDataObject) => id === wanted || String(name).trim().toLowerCase() === low;
};

/** @throws BadInput where none has the name, or several do */
export function theOne(found: IDataObject[], noun: string, wanted: string): unknown {
	if (found.length === 1) return found[0].id;
	throw found.length === 0
		? new BadInput(
				`HighLevel has no ${noun} “${wanted}”`,
				`Check the name, or choose the ${noun} from the list.`,
			)
		: new BadInput(
				`HighLevel has ${found.length} records named “${wanted}” where one ${noun} is meant`,
				`Use the ID of the right one: ${found.map(({ id }) => String(id)).join(', ')}.`,
			);
}

/** For `as` of the pipeline picker: looks up the ID of a name. */
export async function pipelineByName(value: unknown, io: Io): Promise<unknown> {
	const wanted = toText(value, 'Pipeline').trim();
	if (wanted === '' || isId(wanted)) return wanted;
	return theOne((await readList('pipelines', io)).filter(isNamed(wanted)), 'pipeline', wanted);
}

/** For `as` of the stage picker: looks up the ID of a name, first in the pipeline that is chosen beside it. */
export async function stageByName(value: unknown, io: Io): Promise<unknown> {
	const wanted = toText(value, 'Stage').trim();
	if (wanted === '' || isId(wanted)) return wanted;
	const pipelines = await readList('pipelines', io);
	const chosen = String(unwrap(io.parameter('pipelineId', '')) ?? '').trim();
	const own = pipelines.filter(isNamed(chosen));
	const stages = (own.length > 0 ? own : pipelines).flatMap((one) => rowsOf(one, 'stages'));
	return theOne(stages.filter(isNamed(wanted)), 'stage', wanted);
}
