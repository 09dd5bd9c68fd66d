/** How the sandbox behaves. Each value may be changed while it runs. */
export interface Settings {
	/** How long a contact write takes to become visible to HighLevel's search, in ms. */
	indexLagMs: number;
	/** HighLevel's burst limit, per location. */
	burst: { max: number; intervalMs: number };
	/** HighLevel's requests per day, per location. */
	dailyQuota: number;
	/** How long every call to a service takes before its work begins, in ms. */
	latencyMs: number;
	/** HeyReach's requests per `heyReachWindowMs`, per key. */
	heyReachPerMinute: number;
	heyReachWindowMs: number;
	/** HeyReach's switch "track and import all conversations": events of those outside of campaigns. */
	trackAllConversations: boolean;
	/** How far HeyReach's GetChatroom is behind, in ms; its list of conversations is not. */
	chatroomLagMs: number;
	/** How long a lead that was added to a list of HeyReach's is not shown in it, in ms. */
	listLagMs: number;
	/** How long a campaign that was started still reads as a draft, in ms. */
	campaignStatusLagMs: number;
	/** Waits between the tries of one HeyReach webhook delivery, in ms; its length is the number of retries. */
	retryDelaysMs: number[];
	/** The same for HighLevel's webhooks. */
	ghlRetryDelaysMs: number[];
	/** How long the status of a message that went to a conversation provider cannot be set, in ms. */
	providerLagMs: number;
	/** The part of each of those waits by which it may be longer or shorter. */
	webhookJitter: number;
	/** How long a webhook receiver may take to answer, in ms. */
	webhookTimeoutMs: number;
	/** HighLevel's location setting "Allow Duplicate Contact". */
	allowDuplicateContact: boolean;
	/** HighLevel's location setting for a second opportunity of a contact in one pipeline. */
	allowDuplicateOpportunity: boolean;
	/** How long an OAuth access token works from its issue on, in ms. */
	accessTokenLifeMs: number;
	/** The same for a location token that was minted from an agency token, in ms. */
	locationTokenLifeMs: number;
	/** How long a used refresh token gives the same answer again, in ms. */
	refreshGraceMs: number;
	/**
	 * Whether a mint needs the scope `oauth.write`. It is documented; live, a token without it minted
	 * too, and another project met a 401.
	 */
	mintNeedsScope: boolean;
	/** How long an authorization code works, in ms. */
	codeLifeMs: number;
	/** Whether the authorize page insists on `version_id`, as it does for a draft of a private app. */
	requireVersionId: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * HighLevel: 100 requests in 10 s and 200,000 a day, per location. HeyReach: 300 a minute per key;
 * it tries to deliver five times within 24 h (its schedule is not published). HighLevel repeats one
 * up to twelve times, with growing waits. Access tokens live a day, and a used refresh token gives
 * the same answer for 30 s; the life of a code is not published.
 */
export const defaultSettings = (): Settings => ({
	indexLagMs: 0,
	burst: { max: 100, intervalMs: 10 * SECOND },
	dailyQuota: 200_000,
	latencyMs: 0,
	heyReachPerMinute: 300,
	heyReachWindowMs: MINUTE,
	trackAllConversations: true,
	chatroomLagMs: 0,
	listLagMs: 0,
	campaignStatusLagMs: 0,
	retryDelaysMs: [SECOND, 30 * SECOND, 10 * MINUTE, 12 * HOUR],
	ghlRetryDelaysMs: Array.from({ length: 12 }, (_unused, at) => 30 * SECOND * 2 ** at),
	providerLagMs: 0,
	webhookJitter: 0.2,
	webhookTimeoutMs: 30 * SECOND,
	allowDuplicateContact: false,
	allowDuplicateOpportunity: false,
	accessTokenLifeMs: 24 * HOUR,
	locationTokenLifeMs: 24 * HOUR,
	refreshGraceMs: 30 * SECOND,
	mintNeedsScope: false,
	codeLifeMs: MINUTE,
	requireVersionId: false,
});
