import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { ipAllowed, unreadableEntries } from '../../../nodes/engine/webhook/ipAllowlist';

/** Node.js's own answer, as n8n's Webhook node asks for it. */
function nodeSays(entry: string, address: string): boolean {
	const list = new BlockList();
	const [network, prefix] = entry.split('/');
	const family = network.includes(':') ? 'ipv6' : 'ipv4';
	if (prefix === undefined) list.addAddress(network, family);
	else list.addSubnet(network, Number(prefix), family);
	return list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

const ipv4 = fc
	.array(fc.constantFrom(0, 1, 2, 10, 127, 128, 192, 255), { minLength: 4, maxLength: 4 })
	.map((parts) => parts.join('.'));
const groups = (count: number) =>
	fc.array(fc.constantFrom('0', '1', 'ff', '8000', 'fe80', 'FFFF', '0db8'), {
		minLength: count,
		maxLength: count,
	});
const ipv6 = fc.oneof(
	groups(8).map((parts) => parts.join(':')),
	fc
		.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 }))
		.chain(([before, after]) => fc.tuple(groups(before), groups(after)))
		.map(([before, after]) => `${before.join(':')}::${after.join(':')}`),
	ipv4.map((tail) => `::1:${tail}`),
);
const mapped = fc
	.tuple(fc.constantFrom('::ffff:', '::FFFF:', '0:0:0:0:0:ffff:'), ipv4)
	.map(([head, tail]) => head + tail);

it('decides as Node.js does, for every address and range within one family', () => {
	const pairs = fc.oneof(
		fc.tuple(ipv4, ipv4, fc.integer({ min: 0, max: 32 })),
		fc.tuple(ipv6, ipv6, fc.integer({ min: 0, max: 128 })),
		fc.tuple(ipv4, mapped, fc.integer({ min: 0, max: 32 })),
	);
	fc.assert(
		fc.property(pairs, fc.boolean(), ([network, address, prefix], single) => {
			const entry = single ? network : `${network}/${prefix}`;
			expect([entry, address, ipAllowed(entry, [address])]).toEqual([
				entry,
				address,
				nodeSays(entry, address),
			]);
		}),
		{ numRuns: 20_000 },
	);
});

it('reads as an address what Node.js reads as one, and nothing else', () => {
	const piece = fc.constantFrom('1', '0', '01', '255', '256', 'ff', 'g', ':', '::', '.', ' ', '%e');
	const text = fc.oneof(
		fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
		ipv4,
		ipv6,
		mapped,
	);
	fc.assert(
		fc.property(text, (given) => {
			const entry = given.trim();
			fc.pre(entry !== '' && !entry.includes('%'));
			expect([entry, unreadableEntries(entry).length === 0]).toEqual([entry, isIP(entry) !== 0]);
		}),
		{ numRuns: 20_000 },
	);
});

it.each([
	['', '203.0.113.7', true],
	['  ', '203.0.113.7', true],
	['203.0.113.7', '203.0.113.7', true],
	['198.51.100.1, 203.0.113.0/24', '203.0.113.250', true],
	['198.51.100.1,203.0.113.0/24', '203.0.114.1', false],
	['203.0.113.7', '::ffff:203.0.113.7', true],
	['::ffff:203.0.113.7', '203.0.113.7', true],
	['::ffff:203.0.113.0/120', '203.0.113.9', true],
	['2001:db8::/32', '2001:db8:1::5', true],
	['fe80::1', 'fe80::1%eth0', true],
	['0.0.0.0/0', '203.0.113.7', true],
	['0.0.0.0/0', '2001:db8::1', false],
	['nonsense', '203.0.113.7', false],
	[',', '203.0.113.7', false],
	['203.0.113.7%eth0', '203.0.113.7', false],
	['203.0.113.0/33', '203.0.113.0', false],
	['203.0.113.0/', '203.0.113.0', false],
	['203.0.113.0/24/8', '203.0.113.0', false],
	['0.0.0.0/0', '', false],
])('list “%s”, address %s: %s', (list, address, allowed) => {
	expect(ipAllowed(list, [address])).toBe(allowed);
});

it('takes the address of the connection or one behind a trusted proxy', () => {
	expect(ipAllowed('203.0.113.7', ['10.0.0.1', '203.0.113.7'])).toBe(true);
	expect(ipAllowed('203.0.113.7', [undefined, '10.0.0.1'])).toBe(false);
});

it('names the entries that cannot be read', () => {
	expect(unreadableEntries('203.0.113.7, example.com, 10.0.0.0/8, 010.1.1.1,')).toEqual([
		'example.com',
		'010.1.1.1',
	]);
});
