import type { INodeParameters } from 'n8n-workflow';
import { useSandbox } from '../support/useSandbox';
import { runHeyReach } from './heyReach';

const sandbox = useSandbox();

const anObject = '={{ { id: 1 } }}';

it.each<[string, INodeParameters, string]>([
	['blacklist:addLead', { blacklistLead: anObject }, '“Lead” is an object instead of a text'],
	['leadTag:add', { lead: anObject, tags: 'x' }, '“Lead” is an object instead of a text'],
	['lead:get', { profileUrl: anObject }, '“Profile URL” is an object instead of a text'],
	['leadTag:add', { lead: 'Jane', tags: 'x' }, '“Lead”: “Jane” is not the address of a LinkedIn'],
	['conversation:getMany', { filters: { lead: 'Jane' } }, '“Lead”: “Jane” is not the address'],
	[
		'list:create',
		{ listName: 'x', listType: 'USER_LIST', options: { useExisting: '={{ $json.gone }}' } },
		'“Use Existing List” is neither true nor false: “undefined”',
	],
	['list:fly', {}, 'This version of the node has no operation “list: fly”'],
])(
	'%s with %j is refused by its label, with what to do',
	async (operation, parameters, message) => {
		const { error } = await runHeyReach(sandbox, operation, parameters);
		expect(error?.message).toContain(message);
		expect(error?.description).toBeTruthy();
		expect(sandbox.requests.list()).toEqual([]);
	},
);
