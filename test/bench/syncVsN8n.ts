import type { Figure } from './report';
export async function againstN8n(): Promise<Figure[]> {
	return [];
}
