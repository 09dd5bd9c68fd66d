import axios from 'axios';
import type { AxiosResponse } from 'axios';
import { SANDBOX, startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';

const { locationId } = SANDBOX;

export interface CallOptions {
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

/** Starts a sandbox for a test file; every test begins with it as new. */
export function useSandbox(): Client {
	const client = {} as Client;
	beforeAll(async () => Object.assign(client, clientOf(await startSandbox())));
	beforeEach(() => client.sandbox.reset());
	afterAll(() => client.sandbox.close());
	return client;
}

function clientOf(sandbox: Sandbox): Client {
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
