/** A parameter that cannot be used. It is found before anything is sent. */
export class BadInput extends Error {
	constructor(
		message: string,
		readonly description?: string,
	) {
		super(message);
		this.name = 'BadInput';
	}
}

/**
 * Whether a text holds a lone surrogate: half of an emoji, left where a text was cut. A lone surrogate
 * cannot be encoded in an address.
 */
export const holdsHalf = (text: string): boolean => /\p{Surrogate}/u.test(text);

/** @param what the parameter that holds the lone surrogate, its name in quotes */
export const halfOf = (what: string) =>
	new BadInput(
		`${what} contains half of a character`,
		'A text was cut in the middle of an emoji or special character. Check the expression behind it. Nothing was sent for this item.',
	);
