const { src, dest } = require('gulp');

/** Copies what tsc leaves behind: icons, and the output schemas that the editor shows before a first run. */
function assets() {
	return src(
		['icons/**/*.svg', 'nodes/**/*.svg', 'nodes/**/__schema__/**/*.json', 'credentials/**/*.svg'],
		{ base: '.', encoding: false, allowEmpty: true },
	).pipe(dest('dist'));
}

exports.default = assets;
