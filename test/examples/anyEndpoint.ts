/** Whether the operation calls whatever a person writes: it has no endpoint of its own that is documented. */
export const isAnyEndpoint = (key: string): boolean => key.startsWith('apiCall:');
