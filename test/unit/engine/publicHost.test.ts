import { isPublicHost } from '../../../nodes/engine/webhook/publicHost';

it.each(['n8n.example.com', '203.0.113.7', '172.32.0.1', '[2001:db8::1]', 'my-localhost.com'])(
	'%s can be called from the internet',
	(host) => expect(isPublicHost(host)).toBe(true),
);

it.each([
	'localhost',
	'LOCALHOST',
	'n8n',
	'n8n.localhost',
	'nas.local',
	'n8n.internal',
	'127.0.0.1',
	'127.8.8.8',
	'0.0.0.0',
	'10.1.2.3',
	'172.31.255.255',
	'192.168.1.10',
	'169.254.169.254',
	'[::1]',
	'[::]',
	'[fd00::1]',
	'[fe80::1]',
	'[::ffff:10.0.0.1]',
])('%s cannot', (host) => expect(isPublicHost(host)).toBe(false));
