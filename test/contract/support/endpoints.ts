import findMyWay, { type HTTPMethod } from 'find-my-way';

export interface Endpoint {
	/** Upper case. */
	method: string;
	/** The path template, `/contacts/{contactId}/tags`. */
	path: string;
}

/** Endpoints by what a request asks for. A fixed part of a path goes before `{name}`. */
export class Endpoints<T extends Endpoint> {
	private readonly router = findMyWay({ maxParamLength: 10_000 });

	/** Where two endpoints stand for the same paths, the first counts. */
	constructor(endpoints: readonly T[]) {
		for (const endpoint of endpoints) {
			const method = endpoint.method as HTTPMethod;
			const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
			if (!this.router.hasRoute(method, path)) this.router.on(method, path, () => {}, endpoint);
		}
	}

	/**
	 * The endpoint that a path, or a path template, belongs to, and what stands in the path for each of
	 * its names. A query string may hang on the path.
	 */
	find(
		method: string,
		path: string,
	): { endpoint: T; values: Record<string, string | undefined> } | undefined {
		const found = this.router.find(method.toUpperCase() as HTTPMethod, path.split('?')[0]);
		if (!found || Object.values(found.params).includes('')) return undefined;
		return { endpoint: found.store as T, values: found.params };
	}
}
