import type { Location } from '../ghl/records';
import { APP, SCOPE_WORDS } from './app';

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]);

const STYLE = `
:root { color-scheme: light dark;
	--ground: light-dark(#f5f6f8, #14161a); --card: light-dark(#fff, #1d2026);
	--line: light-dark(#e3e6eb, #2e333c); --text: light-dark(#1c2430, #e6e9ef);
	--soft: light-dark(#677083, #97a0b0); --accent: light-dark(#3156d3, #8ea6ff);
	--tint: light-dark(#e9eefc, #273052); --bad: light-dark(#b3261e, #ff8f86); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 20px;
	background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 480px; padding: 28px; background: var(--card);
	border: 1px solid var(--line); border-radius: 14px; }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 13px; margin: 22px 0 8px; color: var(--soft); }
p { margin: 0; }
.soft { color: var(--soft); }
.bad { color: var(--bad); }
ul { margin: 0; padding: 0 0 0 18px; max-height: 220px; overflow: auto; }
label { display: block; padding: 9px 12px; margin-bottom: 6px; border: 1px solid var(--line);
	border-radius: 9px; cursor: pointer; }
label:has(:checked) { border-color: var(--accent); background: var(--tint); }
fieldset { margin: 0; padding: 0; border: 0; }
.places { max-height: 300px; overflow: auto; }
[type=search] { width: 100%; padding: 8px 12px; margin-bottom: 8px; font: inherit; color: inherit;
	background: none; border: 1px solid var(--line); border-radius: 9px; }
[hidden] { display: none !important; }
.buttons { display: flex; gap: 10px; justify-content: flex-end; margin-top: 22px; }
button { font: inherit; padding: 9px 20px; color: inherit; background: none; cursor: pointer;
	border: 1px solid var(--line); border-radius: 9px; }
button.main { color: var(--card); background: var(--accent); border-color: var(--accent);
	font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}
</style>
</head>
<body><main>${content}</main></body>
</html>
`;

/** The choice that is no location: all locations of the agency. */
export const AGENCY = 'agency';

/** From this many locations on, a search field stands above them. */
const MANY = 8;

const choice = (
	type: 'radio' | 'checkbox',
	{ id, name, city }: Location,
	checked = false,
): string =>
	`<label data-name="${escaped(`${name} ${city}`.toLowerCase())}"><input type="${type}" name="location_id" value="${escaped(id)}"${
		checked ? ' checked' : ''
	}> ${escaped(name)} <span class="soft">${escaped(city)}, ${escaped(id)}</span></label>`;

/** Shows the choices of who signs in, and of them those that match the search. */
const SCRIPT = `
const form = document.forms[0];
const search = document.querySelector('[type=search]');
function show() {
	for (const set of document.querySelectorAll('fieldset[data-user]')) {
		set.disabled = set.hidden = set.dataset.user !== form.elements.user.value;
	}
	const wanted = (search?.value ?? '').trim().toLowerCase();
	for (const label of document.querySelectorAll('[data-name]')) {
		label.hidden = !label.dataset.name.includes(wanted);
	}
}
form.addEventListener('change', show);
search?.addEventListener('input', show);
show();`;

/**
 * Asks who signs in, for one place or several, and for a yes. The form is posted to the page's own
 * address, with its query.
 */
export function consentPage(scopes: string[], locations: Location[], redirectUri: URL): string {
	const search =
		locations.length < MANY
			? ''
			: '<input type="search" placeholder="Search sub-accounts" aria-label="Search sub-accounts">';
	return page(
		`Connect ${APP.name}`,
		`
<h1>Connect ${escaped(APP.name)}</h1>
<p class="soft">to your HighLevel sandbox account</p>
<form method="post">
<h2>It will be able to</h2>
<ul>${scopes.map((scope) => `<li title="${escaped(scope)}">${escaped(SCOPE_WORDS[scope])}</li>`).join('')}</ul>
<h2>Who signs in?</h2>
<label><input type="radio" name="user" value="subaccount" checked> A user of the sub-account <span class="soft">one location</span></label>
<label><input type="radio" name="user" value="agency"> An agency user <span class="soft">one or more locations, one token for the agency</span></label>
<h2>Choose a location</h2>
${search}
<fieldset data-user="subaccount">
<div class="places">
${locations.map((location, at) => choice('radio', location, at === 0)).join('\n')}
</div>
</fieldset>
<fieldset data-user="agency" disabled hidden>
<div class="places">
${locations.map((location) => choice('checkbox', location)).join('\n')}
</div>
<label><input type="checkbox" name="future" value="yes"> Future sub-accounts too <span class="soft">they get the app when they are made</span></label>
</fieldset>
<p class="soft">You go back to ${escaped(redirectUri.host)} afterwards.</p>
<div class="buttons">
<button name="decision" value="cancel">Cancel</button>
<button name="decision" value="allow" class="main">Allow</button>
</div>
</form>
<script>${SCRIPT}
</script>`,
	);
}

export const errorPage = (message: string): string =>
	page('Error', `<h1 class="bad">Something went wrong</h1><p>${escaped(message)}</p>`);
