import type { IExecuteFunctions } from 'n8n-workflow';

/** The most details that one hint names. */
const NAMED = 10;

/** What the functions of an operation tell the person beside the items: one hint a message, for all items. */
export class Hints {
	private readonly details = new Map<string, Set<string>>();

	add(message: string, detail: string): void {
		const details = this.details.get(message) ?? new Set();
		this.details.set(message, details.add(detail));
	}

	show(context: IExecuteFunctions): void {
		for (const [message, details] of this.details) {
			const named = [...details].slice(0, NAMED).join(', ');
			const more = details.size > NAMED ? ` and ${details.size - NAMED} more` : '';
			context.addExecutionHints({
				message: `${message}: ${named}${more}`,
				location: 'outputPane',
				type: 'info',
			});
		}
	}
}
