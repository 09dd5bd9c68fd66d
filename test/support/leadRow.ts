/** A lead as HeyReach's lists have it, with what is given in place of its own. */
export const leadRow = (number: number, more: object = {}) => ({
	linkedin_id: String(1000 + number),
	profileUrl: `https://www.linkedin.com/in/ada-${number}/`,
	firstName: 'Ada',
	lastName: `Berg ${number}`,
	emailAddress: `ada${number}@example.com`,
	position: 'Founder',
	location: 'Austin',
	companyName: 'Acme',
	tags: [],
	customFields: [],
	...more,
});
