import { require } from './refusal.js';

const NAME = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
const IS_NAME = new RegExp(`^${NAME}$`);
const SCOPE = new RegExp(`^tool:(${NAME})(?:/method:(${NAME}))?(?:/resource:(.+))?$`, 's');
const SEGMENT = /^[A-Za-z0-9._~:@%+=,-]{1,128}$/;
const LONGEST = 512;

/** A scope as {tool, method?, resource?: segments}. */
export function readScope(text) {
  require(typeof text === 'string' && text.length <= LONGEST, 'not a scope');
  const parts = SCOPE.exec(text);
  require(parts !== null, 'not a scope');
  const [, tool, method, resource] = parts;
  return { tool, method, resource: resource === undefined ? undefined : readSegments(resource) };
}

function readSegments(text) {
  const segments = text.split('/');
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    const plain = SEGMENT.test(segment) && segment !== '.' && segment !== '..';
    require(plain || segment === '*' || (segment === '**' && last), 'not a segment');
  });
  return segments;
}

/** Whether every right that `narrow` gives is one that `wide` gives. */
export function covers(wide, narrow) {
  if (wide.tool !== narrow.tool) return false;
  if (wide.method !== undefined && wide.method !== narrow.method) return false;
  if (wide.resource === undefined) return true;
  return narrow.resource !== undefined && coversSegments(wide.resource, narrow.resource);
}

function coversSegments(wide, narrow) {
  for (const [index, segment] of wide.entries()) {
    if (index >= narrow.length) return false;
    if (segment === '**') return true;
    if (segment === '*' ? narrow[index] === '**' : segment !== narrow[index]) return false;
  }
  return wide.length === narrow.length;
}

/** Whether one of the scopes meets a need: {kind: call|whole|any|inspection, tool, method}. */
export function meets(scopes, need) {
  if (need.kind === 'inspection') return true;
  if (!IS_NAME.test(need.tool)) return false;
  if (need.kind === 'any') return scopes.some((scope) => scope.tool === need.tool);
  const method = need.kind === 'call' && IS_NAME.test(need.method) ? need.method : undefined;
  return scopes.some((scope) => covers(scope, { tool: need.tool, method }));
}
