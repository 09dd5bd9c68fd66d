import type { IDataObject } from 'n8n-workflow';
import { isSimple } from '../../engine/call/commonParameters';
import type { Io } from '../../engine/operation';
import { rowsOf } from '../../engine/values';
import { readList, readNames } from '../calls/lists';

/** A simplified opportunity with the names of its pipeline and stage. One run reads the pipelines once. */
export async function nameStage(record: IDataObject, io: Io): Promise<IDataObject> {
	const { pipelineId, pipelineStageId } = record;
	if (!pipelineId || !isSimple(io)) return record;
	const read = async () => await readList('pipelines', io);
	const pipelines = await readNames('pipelines', read, io);
	const pipeline = pipelines?.find(({ id }) => id === pipelineId);
	if (!pipeline) return record;
	const stage = rowsOf(pipeline, 'stages').find(({ id }) => id === pipelineStageId);
	return {
		...record,
		pipelineName: pipeline.name,
		...(stage && { pipelineStageName: stage.name }),
	};
}
