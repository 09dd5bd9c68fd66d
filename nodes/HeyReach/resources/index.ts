import type { Resource } from '../../engine/operation';
import { apiCall } from './apiCall';
import { apiKey } from './apiKey';
import { blacklist } from './blacklist';
import { campaign } from './campaign';
import { conversation } from './conversation';
import { emailEnrichment } from './emailEnrichment';
import { lead } from './lead';
import { leadTag } from './leadTag';
import { list } from './list';
import { network } from './network';
import { organizationUser } from './organizationUser';
import { sender } from './sender';
import { stats } from './stats';
import { webhook } from './webhook';
import { workspace } from './workspace';

/** Every operation of HeyReach; the tests and the catalog walk this list. */
export const heyReachResources: Resource[] = [
	campaign,
	list,
	lead,
	leadTag,
	conversation,
	sender,
	network,
	stats,
	webhook,
	blacklist,
	emailEnrichment,
	workspace,
	organizationUser,
	apiKey,
	apiCall,
];
