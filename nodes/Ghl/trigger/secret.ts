import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { secretsMatch } from '../../engine/webhook/secrets';

/** The test of the credential when it is saved. It checks the form only: there is no service to ask. */
export function testSecret({ data }: ICredentialsDecrypted): INodeCredentialTestResult {
	const problem = flawOf(data ?? {});
	return problem === undefined
		? { status: 'OK', message: 'The secret can be used' }
		: { status: 'Error', message: problem };
}

function flawOf(data: ICredentialDataDecryptedObject): string | undefined {
	if (!/^[\w!#$%&'*+.^`|~-]+$/.test(String(data.headerName ?? ''))) {
		return 'The Header Name is not the name of an HTTP header';
	}
	const secrets = [data.secret, data.previousSecret].map((secret) => String(secret ?? ''));
	if (secrets[0] === '') return 'The Secret is empty';
	if (secrets.some((secret) => secret !== '' && secret.length < 16)) {
		return 'A secret is shorter than 16 characters';
	}
	return undefined;
}

/**
 * The reason why a delivery's header does not prove its sender; `undefined` if it does. A credential
 * that does not pass its own test accepts nothing.
 */
export function secretProblem(
	headers: Record<string, unknown>,
	credential: ICredentialDataDecryptedObject,
): string | undefined {
	if (flawOf(credential) !== undefined) {
		return 'The credential HighLevel (GHL) Webhook Secret cannot be used: open and save it to see the reason';
	}
	const given = headers[String(credential.headerName).toLowerCase()];
	if (given === undefined) return 'The secret is missing from the headers';
	const matches = [credential.secret, credential.previousSecret].map((secret) =>
		secretsMatch(given, secret),
	);
	return matches.includes(true) ? undefined : 'The secret in the header is wrong';
}
