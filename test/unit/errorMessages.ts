import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A sentence that the pack can say when something is wrong; `…` stands for what is filled in. */
export interface Message {
	text: string;
	file: string;
	/** Whether the error also says what to do. Absent where another place shows it, as of a template's own. */
	hasNextStep?: boolean;
}

/** The reconciler throws nothing: what it finds are rows that tell their reason and what to do. */
const WITHOUT = 'nodes/ContactSync/reconcile/';

const ROOT = join(__dirname, '../..');

/** What is made into an error, and which argument is its message. */
const ERRORS: Record<string, number | undefined> = {
	ApplicationError: 0,
	BadInput: 0,
	Error: 0,
	NodeApiError: 1,
	NodeOperationError: 1,
	// A BadInput that the editor looks for.
	NoLocation: 0,
	UserError: 0,
	// Makes a check that throws a BadInput.
	needsOneOf: 2,
	// Makes a problem with an answer of HighLevel.
	refused: 0,
};

/** Functions that give the reason for which a delivery or a secret is refused. */
const REASONS = /Problem$|^flawOf$/;

/**
 * All messages of the source, by its syntax: what is thrown, the `message` of a problem with an
 * answer (an object that has a `kind` or a `description`, too), the `reason` of a refused delivery
 * (one that has a `status`). A message that stands in a variable is looked up there.
 */
export function errorMessages(): Message[] {
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name}`)
			.filter((file) => !file.startsWith(WITHOUT)),
	);
	const own = files.flatMap((file) => messagesOf(file, readFileSync(join(ROOT, file), 'utf8')));
	return [...own, ...templateMessages()];
}

function messagesOf(file: string, code: string): Message[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	return messagesIn(source, source).flatMap((node) =>
		textsOf(node, source).map((text) => ({ text, file, hasNextStep: hasNextStep(node) })),
	);
}

interface Template {
	nodes: Array<{ type: string; parameters: { errorMessage?: string; jsCode?: string } }>;
}

/** What the templates' own Stop and Error nodes say, and their Code nodes. */
function templateMessages(): Message[] {
	const folder = join(ROOT, 'templates');
	const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
	return names.flatMap((name) => {
		const { nodes } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Template;
		const file = `templates/${name}`;
		const stops = nodes
			.filter(({ type }) => type === 'n8n-nodes-base.stopAndError')
			.map(({ parameters: { errorMessage = '' } }) => ({
				text: errorMessage.replace(/^=/, '').replace(/\{\{.*?\}\}/g, '…'),
				file,
			}));
		return [
			...stops,
			...nodes.flatMap(({ parameters }) => messagesOf(file, parameters.jsCode ?? '')),
		];
	});
}

function messagesIn(node: ts.Node, source: ts.SourceFile): ts.Expression[] {
	const below: ts.Expression[] = [];
	ts.forEachChild(node, (child) => void below.push(...messagesIn(child, source)));
	const own = messageOf(node);
	return own ? [own, ...below] : below;
}

function messageOf(node: ts.Node): ts.Expression | undefined {
	if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
		const at = ERRORS[node.expression.getText()];
		return at === undefined ? undefined : node.arguments?.[at];
	}
	if (ts.isObjectLiteralExpression(node)) {
		const isProblem = valueOf(node, 'kind') ?? valueOf(node, 'description');
		if (isProblem) return valueOf(node, 'message');
		if (valueOf(node, 'status')) return valueOf(node, 'reason');
	}
	if (ts.isReturnStatement(node) && node.expression && REASONS.test(functionAround(node))) {
		return node.expression;
	}
	return undefined;
}

/** Errors that a person sees in n8n, and whether the argument after the message, or a key beside it, says what to do. */
const TOLD = new Set(['BadInput', 'NodeOperationError', 'NoLocation', 'needsOneOf', 'refused']);

function hasNextStep(message: ts.Expression): boolean | undefined {
	const { parent } = message;
	if (ts.isNewExpression(parent) || ts.isCallExpression(parent)) {
		if (!TOLD.has(parent.expression.getText())) return undefined;
		const next = parent.arguments?.[parent.arguments.indexOf(message) + 1];
		return (
			next !== undefined && next.getText() !== 'undefined' && next.getText() !== '{ itemIndex }'
		);
	}
	const around = parent.parent;
	if (!ts.isObjectLiteralExpression(around) || !valueOf(around, 'kind')) return undefined;
	const next = around.properties.find((one) => one.name?.getText() === 'description');
	return next !== undefined && !/\bundefined$/.test(next.getText());
}

function valueOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
	const property = node.properties.find((one) => one.name?.getText() === name);
	return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

function functionAround(node: ts.Node): string {
	let at: ts.Node | undefined = node;
	while (at && !ts.isFunctionDeclaration(at)) at = at.parent;
	return at?.name?.text ?? '';
}

/** The texts that an expression can be; none for what is no text of its own. */
function textsOf(node: ts.Node, source: ts.SourceFile): string[] {
	if (ts.isStringLiteralLike(node)) return [node.text];
	if (ts.isTemplateExpression(node)) {
		const spans = node.templateSpans.map(({ literal }) => literal.text);
		return [[node.head.text, ...spans].join('…')];
	}
	if (ts.isConditionalExpression(node)) {
		return [...textsOf(node.whenTrue, source), ...textsOf(node.whenFalse, source)];
	}
	if (ts.isIdentifier(node)) {
		let found: string[] = [];
		const look = (at: ts.Node): void => {
			const isIt = ts.isVariableDeclaration(at) && at.name.getText() === node.text;
			if (isIt && at.initializer) found = textsOf(at.initializer, source);
			ts.forEachChild(at, look);
		};
		look(source);
		return found;
	}
	return [];
}
