import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../../../tools/n8n/connect';
import type { CredentialRef } from '../../../tools/n8n/workflow';
import { connectByHttp } from '../support/oauthDance';
import type { Stack } from '../support/stack';

/** `/503/…` is answered with 503 and a body as HighLevel has it, `/page/…` with the page of a proxy. */
async function startAnswers(): Promise<{
	server: Server;
	urlOf: (what: string | number) => string;
}> {
	const server = createServer(({ url = '' }, response) => {
		const [, what] = url.split('/');
		const statusCode = Number(what) || 502;
		const json = { statusCode, message: 'Refused by the test' };
		response.writeHead(statusCode, {
			'Content-Type': what === 'page' ? 'text/html' : 'application/json',
		});
		response.end(what === 'page' ? '<html>Bad gateway</html>' : JSON.stringify(json));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return { server, urlOf: (what) => `http://127.0.0.1:${port}/${what}` };
}

const BUSY = /busy or not available.*Try again later/;
const PAGE = /none of HighLevel’s.*try again.*check the API Base URL/;

/** What n8n's test of each credential says for each status: what is wrong, and what to do. */
export function credentialStatusTests(stackOf: () => Stack): void {
	let answers: Awaited<ReturnType<typeof startAnswers>>;
	let oAuth2: CredentialRef;
	beforeAll(async () => {
		answers = await startAnswers();
		const { client, sandbox } = stackOf();
		oAuth2 = (await connectByHttp(client, sandbox, 'readContacts')).credential;
	}, 30_000);
	afterAll(() => answers?.server.close());

	it.each<[keyof Credentials | 'ghlOAuth2Api', Array<[string | number, RegExp]>]>([
		[
			'ghlPrivateIntegrationApi',
			[
				[400, /opens no sub-account.*Copy the ID again/],
				[401, /does not accept the token.*Copy the current one/],
				[403, /another sub-account.*private integration of its own/],
				[404, /is not HighLevel.*Check the API Base URL/],
				[422, /cannot read the Location ID.*Copy it again/],
				[429, BUSY],
				[500, BUSY],
				[503, BUSY],
				['page', PAGE],
			],
		],
		[
			'ghlOAuth2Api',
			[
				[401, /does not accept the token.*Connect again/],
				[403, /refuses this connection.*connect again/],
				[429, BUSY],
				[500, BUSY],
				[503, BUSY],
				['page', PAGE],
			],
		],
		[
			'heyReachApi',
			[
				[401, /does not accept the API key.*Copy the current public API key/],
				[403, /refuses access.*active subscription/],
				[404, /is not HeyReach.*Check the API Base URL/],
				[429, /too many calls.*Try again in a minute/],
				[500, /fault of its own \(500\).*Try again later/],
				[503, /not available.*later/],
			],
		],
	])(
		'%s',
		async (type, cases) => {
			const { client, credentials } = stackOf();
			const { id } = type === 'ghlOAuth2Api' ? oAuth2 : credentials[type];
			expect((await client.testCredential(id)).status).toBe('OK');
			for (const [what, expected] of cases) {
				const baseUrl = answers.urlOf(what);
				const { status, message } = await client.testCredential(id, { baseUrl });
				expect({ what, status, message }).toEqual({
					...{ what, status: 'Error' },
					message: expect.stringMatching(expected) as string,
				});
			}
		},
		60_000,
	);
}
