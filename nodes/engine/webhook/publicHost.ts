import { ipAllowed } from './ipAllowlist';

/** This machine and private networks (RFC 6890), which nobody on the internet can call. */
const PRIVATE_RANGES =
	'0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, ::/127, fc00::/7, fe80::/10';

/** Whether a host name, as `URL.hostname` gives it, can belong to a server on the internet. */
export function isPublicHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	if (ipAllowed(PRIVATE_RANGES, [host])) return false;
	// A name without a dot is a machine or a container of the own network.
	if (!host.includes('.') && !host.includes(':')) return false;
	return !/\.(localhost|local|internal|lan|home\.arpa)$/.test(host);
}
