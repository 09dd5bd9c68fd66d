import { join } from 'node:path';
import { cacheFolder } from '../paths';
import { cleanEnvironment } from '../process';

/** Only for instances made by these tools: they hold nothing but the sandbox's credentials. */
const ENCRYPTION_KEY = 'only-for-instances-made-by-npm-start-and-npm-test';

interface Place {
	/** Of n8n: `2.41.1`. */
	version: string;
	userFolder: string;
	port: number;
	/** Where n8n's task runners meet it. */
	brokerPort: number;
}

/**
 * The environment of an n8n that listens on this machine only and calls nobody of its own accord:
 * no telemetry, no version check, no template library, no licence server.
 */
export function n8nEnvironment(
	{ version, userFolder, port, brokerPort }: Place,
	extra: Record<string, string> = {},
): NodeJS.ProcessEnv {
	const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost'];
	return cleanEnvironment({
		NODE_ENV: 'production',
		NO_PROXY: noProxy.filter(Boolean).join(','),
		GENERIC_TIMEZONE: 'UTC',
		// Node 22 keeps what it has compiled: an n8n starts a second sooner.
		NODE_COMPILE_CACHE: join(cacheFolder(), 'compiled'),
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '8',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
		N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_REINSTALL_MISSING_PACKAGES: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		// A module of n8n 2 that asks for a list of servers; n8n 1 refuses names it does not know.
		...(Number(version.split('.')[0]) >= 2 ? { N8N_DISABLED_MODULES: 'mcp-registry' } : {}),
		...extra,
	});
}
