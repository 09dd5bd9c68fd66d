const { createRequire, isBuiltin } = require('node:module');
const { dirname, isAbsolute, sep } = require('node:path');
const { default: Runtime } = require('jest-runtime');

const requires = new Map();

/** Node's own `require`, as seen from that file. */
function requireOf(file) {
	const folder = dirname(file) + sep;
	if (!requires.has(folder)) requires.set(folder, createRequire(folder));
	return requires.get(folder);
}

const isPackage = (name) =>
	!name.startsWith('.') && !isAbsolute(name) && !isBuiltin(name) && name !== '@jest/globals';

/**
 * Each test file has our own modules for itself, and packages from Node, which loads them once for all
 * files of a worker: jest would load the thousand modules of n8n-core again for every file. All of it
 * runs in Node's own context, so that both sides have the same `Error` and the same `Date`.
 */
module.exports = class extends Runtime {
	createScriptFromCode(code, file) {
		const script = super.createScriptFromCode(code, file);
		script.runInContext = (_context, options) => script.runInThisContext(options);
		return script;
	}

	requireModuleOrMock(from, name) {
		return isPackage(name) ? requireOf(from)(name) : super.requireModuleOrMock(from, name);
	}

	setMock(from, name, ...more) {
		if (isPackage(name))
			throw new Error(
				`All files of a worker share ${name}, so jest.mock cannot replace it: use jest.spyOn, which is undone after the file`,
			);
		super.setMock(from, name, ...more);
	}
};
