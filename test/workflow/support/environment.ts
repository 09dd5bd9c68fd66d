/** Settings that n8n-core reads when it is loaded: import this file before it. */

// Nothing to the console, but every level reaches the methods that logs.ts listens to.
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
