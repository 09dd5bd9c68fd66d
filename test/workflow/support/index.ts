/** Runs the nodes of this pack in n8n-core's own contexts, against a real HTTP server. */
export { CredentialStore, type CredentialData } from './credentialStore';
export {
	hookFunctions,
	loadOptionsFunctions,
	pollFunctions,
	webhookFunctions,
	type InContext,
	type WebhookCall,
} from './contexts';
export { pollWorkflow, type PollWorkflow } from './pollWorkflow';
export { runNode, type Items, type RunResult, type RunSetup } from './runNode';
export { scaleTime, type ScaledTime } from './scaleTime';
export type { NodeSetup } from './setup';
export type { Delivery, Sent } from './webhookExchange';
export { useScaledTime } from './useScaledTime';
export { webhookServer, type WebhookServer } from './webhookServer';
