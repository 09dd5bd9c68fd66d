/** A range of addresses: those whose first `bits` bits are `start`'s. */
interface Range {
	start: bigint;
	bits: number;
}

/** IPv4 lives inside IPv6, as `::ffff:a.b.c.d`: so one comparison serves both. */
const MAPPED = 0xffff_0000_0000n;
const MAPPED_BITS = 96;

/**
 * Whether one of `addresses` is on the list, as n8n's own Webhook node decides it: the list is
 * separated by commas and holds addresses and CIDR ranges, an empty one lets everybody in, and an
 * entry that cannot be read lets nobody in.
 */
export function ipAllowed(allowlist: string, addresses: Array<string | undefined>): boolean {
	if (allowlist.trim() === '') return true;
	const ranges = entriesOf(allowlist).map(readRange);
	return addresses.some((text) => {
		const address = readAddress(text ?? '');
		return (
			address !== undefined &&
			ranges.some((range) => range !== undefined && contains(range, address.value))
		);
	});
}

/** The entries of a list that are neither an address nor a range. */
export function unreadableEntries(allowlist: string): string[] {
	return entriesOf(allowlist).filter((entry) => entry !== '' && !readRange(entry));
}

function entriesOf(allowlist: string): string[] {
	return allowlist.split(',').map((entry) => entry.trim());
}

function contains({ start, bits }: Range, address: bigint): boolean {
	const rest = BigInt(128 - bits);
	return start >> rest === address >> rest;
}

function readRange(entry: string): Range | undefined {
	const [text, prefix, ...more] = entry.split('/');
	const address = readAddress(text);
	if (!address || more.length > 0) return undefined;
	if (prefix === undefined) return { start: address.value, bits: 128 };
	const bits = Number(prefix) + (address.width === 32 ? MAPPED_BITS : 0);
	return /^\d{1,3}$/.test(prefix) && bits <= 128 ? { start: address.value, bits } : undefined;
}

function readAddress(text: string): { value: bigint; width: 32 | 128 } | undefined {
	const plain = text.trim().replace(/^(.*:.*)%[^%]+$/, '$1'); // fe80::1%eth0: the zone is this machine's affair
	const four = readIPv4(plain);
	if (four !== undefined) return { value: MAPPED | four, width: 32 };
	const six = readIPv6(plain);
	return six === undefined ? undefined : { value: six, width: 128 };
}

function readIPv4(text: string): bigint | undefined {
	const parts = text.split('.');
	// No leading zeros: some programs read 010 as eight.
	if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) {
		return undefined;
	}
	if (parts.some((part) => Number(part) > 255)) return undefined;
	return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readIPv6(text: string): bigint | undefined {
	const [head, tail, ...more] = withHexTail(text)?.split('::') ?? [];
	if (head === undefined || more.length > 0) return undefined;
	const before = groupsOf(head);
	const after = groupsOf(tail ?? '');
	const missing = 8 - before.length - after.length;
	if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
	const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
	if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
	return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

/** `::ffff:1.2.3.4` as `::ffff:102:304`. */
function withHexTail(text: string): string | undefined {
	if (!text.includes('.')) return text;
	const at = text.lastIndexOf(':') + 1;
	const four = readIPv4(text.slice(at));
	if (four === undefined || at === 0) return undefined;
	return `${text.slice(0, at)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
}

function groupsOf(text: string): string[] {
	return text === '' ? [] : text.split(':');
}
