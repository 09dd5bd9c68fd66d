import type { IDataObject } from 'n8n-workflow';
import { canonicalProfileUrl, linkedInKey, profileAddress } from '../../linkedIn';
import { isMemberId } from '../../linkedInIdentity';
import type { PlanItem } from '../../planItem';

export const addressesIn = ({ set, keys }: PlanItem): unknown[] =>
	[set.profileUrl, keys.linkedIn].flat();

/**
 * The address of the lead in the form that HeyReach takes; `undefined` where the item has none. A public
 * one comes before one of Sales Navigator.
 */
export function addressOf(item: PlanItem): string | undefined {
	const addresses = addressesIn(item);
	const shown = addresses.find((one) => canonicalProfileUrl(one)) ?? addresses.find(profileAddress);
	return profileAddress(shown);
}

/** The keys by which rows of a list are known: the id first, then the addresses. */
export interface Keys {
	id?: string;
	addresses: string[];
}

/** The keys of the lead that the item is about. The lead of a create is known by its member ID, if at all. */
export function keysOfItem(item: PlanItem): Keys {
	const { action, id, keys } = item;
	const memberId = isMemberId(keys.memberId) ? String(keys.memberId) : undefined;
	return {
		id: action === 'update' ? id : memberId,
		addresses: addressesIn(item).flatMap((one) => addressKey(one) ?? []),
	};
}

/** The keys of a lead as HeyReach shows it. */
export function keysOfLead({ linkedin_id: id, profileUrl }: IDataObject): Keys {
	return {
		id: id === undefined || id === null || id === '' ? undefined : String(id),
		addresses: [addressKey(profileUrl) ?? []].flat(),
	};
}

export function addressKey(address: unknown): string | undefined {
	const found = linkedInKey(address);
	return found && `${found.type} ${found.key}`;
}
