import type { RawSchema } from './schemas';

/**
 * Where the official OpenAPI files say nothing: schemas written by us, from docs/apis/highlevel.md
 * (the sections named). They are a reading of the same facts as the nodes and the sandbox, so they
 * prove less than the official ones.
 */
export interface OwnSchema {
	/** Method and path template. */
	operation: string;
	where: 'request' | 'response';
	why: string;
	schema: RawSchema;
}

/** A known fault of the official files: a property of a named schema that is replaced. */
export interface Correction {
	/** File, named schema and property. */
	file: string;
	schema: string;
	property: string;
	/** The files do not have it at all. */
	absent?: true;
	why: string;
	/** What stands there instead. */
	instead: RawSchema;
}
