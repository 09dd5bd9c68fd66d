/** Labels that need no description: whoever knows HighLevel, HeyReach or n8n knows what they hold. */
export const LABELS_THAT_SAY_ALL = new Set([
	// n8n
	...['Resource', 'Operation', 'Authentication', 'Field', 'Operator', 'Value', 'Is', 'Method'],
	...['Search Text', 'Sort', 'Sort By', 'Sort Order', 'Sort Direction', 'Direction', 'Order'],
	...['From', 'To', 'Start By', 'Must Match', 'Event', 'Mode'],
	// People and companies
	...['Name', 'First Name', 'Last Name', 'Email', 'Emails', 'Phone', 'From Number', 'To Number'],
	...['Address', 'City', 'State', 'Postal Code', 'Country', 'Website', 'Password', 'Language'],
	// Records
	...['Title', 'Description', 'Text', 'Subject', 'Status', 'Type', 'Role', 'Color', 'Channel'],
	...['New Name', 'Singular Name', 'Plural Name', 'Main Field Type', 'Belongs To', 'Placeholder'],
	...['Meeting Location Type', 'Email Reply Mode', 'Reply', 'Legal Description', 'To Email'],
	...['Created in the Last (Days)', 'Contact Country', 'Last Message Direction'],
	...['Last Message Sent', 'Last Message Type', 'Invitation Status', 'Profile URL'],
	...['Daily Start Time', 'Daily End Time'],
]);
