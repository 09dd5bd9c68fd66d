import type { IExecuteFunctions } from 'n8n-workflow';
import { needsOutreach } from '../newContacts';
import { newestLinks, type LinkRow } from '../reconcile';
import type { PlanSettings } from '../settings';
import { fromHeyReach } from './fromHeyReach';
import type { OutreachBook } from './outreach';
import { showDone } from './readAccounts';
import { readCampaigns, readConversations } from './readOutreach';
import { decided, OutreachReader, questionsAbout } from './whoAndWhen';
import type { ReadSide } from './withoutUnread';

/** Both sides as they were read, the stored links, and what the rows of the leads have told. */
interface Read {
	A: ReadSide;
	B: ReadSide;
	links: readonly LinkRow[];
	outreach: OutreachBook;
}

/** Reads what is missing about the leads of the reader. */
type ReadMore = (reader: OutreachReader) => Promise<void>;

/**
 * The side of the leads, with what the outreach to them decides: who may become a contact, and whose
 * contact gets an owner.
 *
 * @param readMore called only where the rows of the leads do not tell enough
 */
export async function withOutreach(
	settings: PlanSettings,
	{ A, B, links, outreach }: Read,
	readMore?: ReadMore,
): Promise<ReadSide> {
	const { newContacts, mode, policy, account } = settings;
	if (!needsOutreach(newContacts)) return B;
	const { records } = B.input;
	const sides = { contacts: A.input.records, leads: records };
	// A partial run creates nobody.
	const creates = mode === 'full' && policy.create.A;
	const questions = questionsAbout(sides, newestLinks(links, account), newContacts, creates);
	const reader = new OutreachReader(outreach, records, questions);
	if (reader.isOpen) await readMore?.(reader);
	return {
		...B,
		input: { ...B.input, records: decided(records, questions, outreach, newContacts.owners) },
	};
}

/** The address and the ID of a lead are all that is needed to find it. */
const leadOf = (json: Parameters<typeof fromHeyReach>[0]) =>
	fromHeyReach(json, { fields: [], notes: [], linkedIn: { url: [], memberId: [] } });

/** From the campaigns in a full run; from the conversations of the few leads of a partial one. */
export const readMoreFrom =
	(context: IExecuteFunctions, { mode, lists }: PlanSettings): ReadMore =>
	async (reader) =>
		showDone(
			context,
			mode === 'full'
				? await readCampaigns(context, lists, reader, leadOf)
				: await readConversations(context, reader, leadOf),
		);
