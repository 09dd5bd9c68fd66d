import type { IExecuteFunctions } from 'n8n-workflow';

/** As many details as a hint names. */
const NAMED = 10;

/** What a run has to tell besides its items: one hint a message, however many items it is about. */
export class Notices {
	private readonly details = new Map<string, Set<string>>();

	tell(message: string, detail: string): void {
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
