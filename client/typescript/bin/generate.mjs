#!/usr/bin/env node
// Writes target/api.d.ts: the types of an OpenAPI document, given as a file or as the address of a server's /openapi.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const BUILT = new URL('../../../modules/gateway/target/classes/META-INF/openapi.json', import.meta.url);
const target = new URL('../target/api.d.ts', import.meta.url);
const [source] = process.argv.slice(2);

const document = JSON.parse(await text());
lift(document.components.schemas);
mkdirSync(new URL('.', target), { recursive: true });
writeFileSync(target, astToString(await openapiTS(document)));
console.log(`target/api.d.ts: ${Object.keys(document.paths).length} paths, ${Object.keys(document.components.schemas).length} schemas`);

async function text() {
  if (!/^https?:/.test(source ?? '')) return readFileSync(source ?? BUILT, 'utf8');
  const answer = await fetch(source, { headers: { accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return answer.text();
}

/** Makes components of what schemas define within themselves: the generator would make a type of its own definition's members. */
function lift(schemas) {
  for (const [name, schema] of Object.entries(schemas)) {
    for (const [inner, definition] of Object.entries(schema.$defs ?? {})) schemas[`${name}_${inner}`] = definition;
    delete schema.$defs;
  }
  refer(document);
}

function refer(value) {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.$ref === 'string') value.$ref = value.$ref.replace(/^(#\/components\/schemas\/[^/]+)\/\$defs\/([^/]+)/, '$1_$2');
  Object.values(value).forEach(refer);
}
