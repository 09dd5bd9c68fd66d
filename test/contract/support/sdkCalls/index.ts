import { calendarsCalls } from './calendars';
import { contactsCalls } from './contacts';
import { conversationsCalls } from './conversations';
import { formsCalls } from './forms';
import { locationsCalls } from './locations';
import { objectsCalls } from './objects';
import { opportunitiesCalls } from './opportunities';
import type { SdkCall } from './sdkCall';

/** The SDK's method for each operation, by `resource:operation`. One file an area of the API. */
export const sdkCalls: Record<string, SdkCall> = {
	...contactsCalls,
	...locationsCalls,
	...calendarsCalls,
	...opportunitiesCalls,
	...conversationsCalls,
	...formsCalls,
	...objectsCalls,
};
