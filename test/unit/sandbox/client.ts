import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { SANDBOX, type Sandbox, type SandboxOptions } from '../../../sandbox';
import { useSandbox } from '../../support/useSandbox';

const { locationId } = SANDBOX;

interface CallOptions {
	token?: string;
	version?: string | null;
}

/** A sandbox and the calls the tests make to it. */
export interface Client {
	sandbox: Sandbox;
	ghl(method: string, path: string, data?: unknown, options?: CallOptions): Promise<AxiosResponse>;
	heyReach(method: string, path: string, data?: unknown, key?: string): Promise<AxiosResponse>;
	/** Answers the new contact's id. */
	createContact(body: object): Promise<string>;
}

/** The sandbox of a test file, with the limits of the real services, and calls to it. */
export function useClient(options: SandboxOptions = {}): Client {
	const sandbox = useSandbox(options);
	const ghl: Client['ghl'] = (method, path, data, options = {}) => {
		const { token = SANDBOX.privateToken, version = '2021-07-28' } = options;
		return axios.request({
			method,
			url: sandbox.ghlUrl + path,
			data,
			headers: {
				Authorization: `Bearer ${token}`,
				'Content-Type': 'application/json',
				...(version === null ? {} : { Version: version }),
			},
			validateStatus: () => true,
		});
	};
	return {
		sandbox,
		ghl,
		heyReach: (method, path, data, key = SANDBOX.heyReachKey) =>
			axios.request({
				method,
				url: sandbox.heyReachUrl + path,
				data,
				headers: key === '' ? {} : { 'X-API-KEY': key },
				validateStatus: () => true,
			}),
		createContact: async (body) =>
			(await ghl('POST', '/contacts/', { locationId, ...body })).data.contact.id,
	};
}
