import { officialApi } from './support/openapi';
import { readFileSync } from 'node:fs';
it('explore', () => {
	const t0 = performance.now();
	const api = officialApi()!;
	console.log('load', performance.now() - t0, api.operations.length);
	const t1 = performance.now();
	const files: any = new Map();
	const res = (s: any, f: string): any => { while (s && s.$ref) { const u = new URL(s.$ref, f); f = u.href.split('#')[0]; if (!files.has(f)) files.set(f, JSON.parse(readFileSync(new URL(f), 'utf8'))); s = files.get(f).components.schemas[u.hash.split('/').at(-1)!]; } return [s, f]; };
	const ex = (s0: any, f0: string, d = 0): any => {
		const [s, f] = res(s0, f0);
		if (!s || d > 8) return undefined;
		if (s.example !== undefined) return s.example;
		if (s.allOf) return Object.assign({}, ...s.allOf.map((x: any) => ex(x, f, d + 1)));
		if (s.anyOf || s.oneOf) return ex((s.anyOf ?? s.oneOf)[0], f, d + 1);
		if (s.type === 'object' || s.properties) { const o: any = {}; for (const [k, v] of Object.entries(s.properties ?? {})) { const e = ex(v, f, d + 1); if (e !== undefined) o[k] = e; } return o; }
		if (s.type === 'array') { const e = ex(s.items, f, d + 1); return e === undefined ? [] : [e]; }
		if (s.enum) return s.enum[0];
		return ({ string: 'text', number: 1, boolean: true } as any)[s.type];
	};
	let out = '';
	for (const op of api.operations) {
		const raw: any = op.raw;
		const path = op.path.replace(/\{(\w+)\}/g, (_, n) => { const p = raw.parameters?.find((x: any) => x.in === 'path' && x.name === n); return encodeURIComponent(p?.schema.enum?.[0] ?? 'abc'); });
		if (api.operation(op.method, path) !== op) out += `MATCH ${op.method} ${op.path} -> ${api.operation(op.method, path)?.path}\n`;
		const c: any = raw.requestBody && (Object.values(raw.requestBody.content)[0] as any);
		const query: any = {}; const headers: any = {};
		for (const p of raw.parameters ?? []) { if (p.in === 'query') query[p.name] = ex(p.schema, op.file); if (p.in === 'header') headers[p.name] = ex(p.schema, op.file) ?? p.schema.enum?.[0]; if (p.in==='header'&&p.name==='Version') headers.Version = p.schema.enum?.[0]; }
		const v = api.validateRequest({ method: op.method, path, query, headers, body: c ? ex(c.schema, op.file) : undefined });
		if (v.length) out += `REQ ${op.method} ${op.path} ${op.file.split('/').at(-1)}\n   ${v.join('\n   ')}\n`;
		for (const [st, r] of Object.entries<any>(raw.responses)) { const s = (Object.values(r.content ?? {})[0] as any)?.schema; if (!s) continue; const b = ex(s, op.file); const w = api.validateResponse({ method: op.method, path, status: Number(st), body: b }, { unknownKeys: true }); if (w.length) out += `RES ${st} ${op.method} ${op.path} ${op.file.split('/').at(-1)}\n   ${w.join('\n   ')}\n`; }
	}
	console.log(out, performance.now() - t1);
});
