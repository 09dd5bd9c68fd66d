const id = (name: string) => `[data-test-id="${name}"]`;

/** Where things are in the editor of n8n 2.41.1 (looked up in the running editor). */
export const EDITOR = {
	login: {
		path: '/signin',
		email: 'input[name="emailOrLdapLoginId"]',
		password: 'input[name="password"]',
		submit: id('form-submit-button'),
	},
	home: id('project-home-menu-item'),
	canvas: {
		area: id('canvas-wrapper'),
		nodes: id('canvas-node'),
		node: (name: string) => `${id('canvas-node')}[data-node-name="${name}"]`,
		zoomToFit: id('zoom-to-fit'),
		zoomIn: id('zoom-in-button'),
		tidyUp: id('tidy-up-button'),
		execute: id('execute-workflow-button'),
		/** Shown beside a trigger node while the mouse is on it. */
		executeFrom: (trigger: string) => id(`execute-workflow-button-${trigger}`),
		addNode: id('node-creator-plus-button'),
		publish: id('workflow-open-publish-modal-button'),
		name: id('workflow-name-input'),
		/** The file chooser behind Import from File of the workflow menu. */
		importFile: id('workflow-import-input'),
		edgeLabels: id('edge-label'),
	},
	creator: {
		search: id('node-creator-search-bar'),
		names: id('node-creator-item-name'),
		panel: id('node-creator'),
		/** On the page of an installed node that has no list of actions. */
		addToWorkflow: 'Add to workflow',
	},
	/** The panel of a node ("node details view"). */
	panel: {
		root: id('ndv'),
		close: id('ndv-close-button'),
		title: id('node-title-container'),
		parameters: id('node-parameters'),
		parameter: (name: string) => id(`parameter-input-${name}`),
		credential: id('node-credentials-select'),
		locatorInput: id('rlc-input'),
		locatorSearch: id('rlc-search'),
		locatorItems: id('rlc-item'),
		execute: id('node-execute-button'),
		input: id('ndv-input-panel'),
		output: id('output-panel'),
		data: id('ndv-data-container'),
		issues: id('node-issues'),
	},
	credential: {
		list: '/home/credentials',
		cards: id('resources-list-item'),
		dialog: id('credential-edit-dialog'),
		works: id('credentials-config-container-test-success'),
		save: id('credential-save-button'),
	},
	/** What may lie over the canvas, and the button that closes it. */
	popUps: ['.el-notification__closeBtn', '.el-dialog__headerbtn', '.el-drawer__close-btn'],
} as const;
