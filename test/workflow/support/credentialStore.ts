import {
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsHelper,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentials,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeTypes,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { OAuth2Api } from './oAuth2Api';

/** What the person typed, by the name of the credential type. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

const noNodeTypes: INodeTypes = {
	getByName: () => nothing,
	getByNameAndVersion: () => nothing,
	getKnownTypes: () => ({}),
};
const nothing = {
	description: {
		displayName: 'Nothing',
		name: 'nothing',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};
const placeholder: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'nothing',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

let stores = 0;

/**
 * n8n's credential store, in memory: one credential of each type, with n8n's defaults, inheritance
 * and expressions. Share one store between runs to let them share a credential (and its renewals);
 * a new store has new credential ids, so that nothing a node keeps in memory is carried over.
 */
export class CredentialStore implements ICredentialsHelper {
	/** Each token set that n8n-core stored after a renewal, oldest first. */
	readonly renewals: ICredentialDataDecryptedObject[] = [];

	private readonly types = new Map<string, ICredentialType>();
	private readonly saved = new Map<string, ICredentialDataDecryptedObject>();
	private readonly id = `store-${++stores}`;

	constructor(types: ICredentialType[], data: CredentialData) {
		const all: ICredentialType[] = [new OAuth2Api(), ...types];
		for (const type of all) {
			// n8n 1 never calls it beside OAuth2: no credential of this pack may rest on it.
			if (type.preAuthentication)
				throw new Error(`${type.name}: preAuthentication is not run here`);
			this.types.set(type.name, type);
		}
		for (const [name, values] of Object.entries(data)) {
			this.type(name);
			this.saved.set(name, structuredClone(values));
		}
	}

	/** What is stored now, unresolved. */
	data(typeName: string): ICredentialDataDecryptedObject {
		const values = this.saved.get(typeName);
		if (!values) throw new Error(`The test gave no credential of type ${typeName}`);
		return structuredClone(values);
	}

	/** Changes what is stored, as a person does in the credential's form. */
	change(typeName: string, values: ICredentialDataDecryptedObject): void {
		this.saved.set(typeName, { ...this.data(typeName), ...structuredClone(values) });
	}

	/** How a node refers to the credentials here. */
	references(): INodeCredentials {
		return Object.fromEntries(
			[...this.saved.keys()].map((name) => [
				name,
				{ id: `${this.id}:${name}`, name: `${name} of ${this.id}` },
			]),
		);
	}

	getParentTypes(name: string): string[] {
		return (this.type(name).extends ?? []).flatMap((parent) => [
			parent,
			...this.getParentTypes(parent),
		]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		const properties: INodeProperties[] = [];
		for (const parent of this.type(name).extends ?? []) {
			NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(properties, this.type(name).properties);
		return properties;
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_reference: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const saved = this.data(typeName);
		if (raw) return saved;
		const values = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(typeName),
			saved as INode['parameters'],
			true,
			false,
			null,
			null,
		);
		if (saved.oauthTokenData !== undefined)
			Object.assign(values ?? {}, { oauthTokenData: saved.oauthTokenData });
		const { expression } = new Workflow({
			nodes: [placeholder],
			connections: {},
			active: false,
			nodeTypes: noNodeTypes,
		});
		await expression.acquireIsolate();
		try {
			return expression.getComplexParameterValue(
				placeholder,
				values ?? {},
				mode,
				{},
				undefined,
				undefined,
				values ?? {},
			) as ICredentialDataDecryptedObject;
		} finally {
			await expression.releaseIsolate();
		}
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = request as IHttpRequestOptions;
		const { authenticate } = this.type(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!authenticate || !workflow || !node) return options;
		const resolved = (text: string) =>
			text.startsWith('=')
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							text,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						) ?? '',
					)
				: text;
		for (const [part, additions] of Object.entries(authenticate.properties)) {
			const added = Object.entries(additions as IDataObject).map(([key, value]) => [
				resolved(key),
				resolved(String(value)),
			]);
			const before = (options as IDataObject & IHttpRequestOptions)[part] as
				| IDataObject
				| undefined;
			Object.assign(options, { [part]: { ...before, ...Object.fromEntries(added) } });
		}
		return options;
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Nothing is encrypted here');
	}

	async updateCredentials(
		_reference: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.saved.set(typeName, structuredClone(data));
	}

	/** n8n-core calls it after a renewal; like n8n, only the token data is stored. */
	async updateCredentialsOauthTokenData(
		_reference: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const { oauthTokenData } = data;
		this.change(typeName, { oauthTokenData });
		this.renewals.push(structuredClone(oauthTokenData) as ICredentialDataDecryptedObject);
	}

	private type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`The test gave no credential type ${name}`);
		return type;
	}
}
