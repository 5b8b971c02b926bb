import { compareNumbers, survivesDouble } from './decimal.js';
import { sha256Hex } from './encodings.js';
import { integer, isInteger, optional, requireMembers, some, text } from './form.js';
import { canonical, JsonNumber } from './json.js';
import { isPlainPath, liesAtOrBelow, matches, readPattern, readSegments } from './path.js';
import { find, readPointer } from './pointer.js';
import { Malformed, require } from './refusal.js';
import { admitsUrl, isHostRule, isScheme, narrowsUrl } from './url.js';

const LONGEST_TEXT = 1024;
const LONGEST_PATTERN = 256;
const SHA256 = /^[0-9a-f]{64}$/;

/** For each type: how its members are read, and which values it admits. */
const TYPES = {
  exact: { needed: ['value'], read: (map) => ({ values: [scalar(map.get('value'))] }), admits: isOneOf },
  'one-of': { needed: ['values'], read: (map) => ({ values: some(map.get('values'), 64, scalar) }), admits: isOneOf },
  range: { optional: ['min', 'max'], read: readRange, admits: liesInRange },
  'path-prefix': {
    needed: ['prefix'],
    read: (map) => ({ prefix: plainPath(map.get('prefix')) }),
    admits: (constraint, value) => isPlainPath(value) && liesAtOrBelow(value, constraint.prefix),
  },
  glob: { needed: ['pattern'], read: readGlob, admits: matchesGlob },
  url: { needed: ['schemes', 'hosts'], optional: ['ports', 'path_prefix'], read: readUrlRule, admits: admitsUrl },
  'argument-digest': {
    needed: ['digests'],
    read: (map) => ({ digests: some(map.get('digests'), 64, (digest) => accepted(digest, SHA256.test(text(digest)))) }),
    admits: hasDigest,
  },
};

function accepted(value, holds) {
  require(holds, 'a member has a wrong form');
  return value;
}

const plainPath = (value) => accepted(value, text(value, LONGEST_TEXT) !== undefined && isPlainPath(value));

function scalar(value) {
  const short = typeof value === 'string' && value.length <= LONGEST_TEXT;
  return accepted(value, short || isInteger(value) || typeof value === 'boolean');
}

export function readConstraint(map) {
  require(map instanceof Map, 'not an object');
  const name = map.get('type');
  require(typeof name === 'string' && Object.hasOwn(TYPES, name), 'an unknown type');
  const type = TYPES[name];
  requireMembers(map, ['type', 'pointer', ...(type.needed ?? [])], type.optional);
  return { type: name, pointer: map.get('pointer'), tokens: readPointer(map.get('pointer')), ...type.read(map) };
}

function readRange(map) {
  const [min, max] = ['min', 'max'].map((name) => optional(map.get(name), (value) => accepted(value, isInteger(value))));
  require(min !== undefined || max !== undefined, 'no bound');
  require(min === undefined || max === undefined || compareNumbers(min, max) <= 0, 'min is more than max');
  return { min, max };
}

function readGlob(map) {
  const source = text(map.get('pattern'), LONGEST_PATTERN);
  const pattern = readPattern(source);
  require(pattern !== undefined, 'not a pattern');
  return { pattern };
}

function readUrlRule(map) {
  return {
    schemes: some(map.get('schemes'), 8, (scheme) => accepted(scheme, isScheme(scheme))),
    hosts: some(map.get('hosts'), 64, (host) => accepted(host, isHostRule(host))),
    ports: optional(map.get('ports'), (ports) => some(ports, 16, (port) => integer(port, 1, 65535))),
    pathPrefix: optional(map.get('path_prefix'), plainPath),
  };
}

/** Whether the arguments keep a constraint. */
export function holds(constraint, args) {
  const value = find(constraint.tokens, args);
  return value !== undefined && admits(constraint, value);
}

const admits = (constraint, value) => TYPES[constraint.type].admits(constraint, value);

function isOneOf(constraint, value) {
  return constraint.values.some((wanted) =>
    wanted instanceof JsonNumber ? value instanceof JsonNumber && compareNumbers(wanted, value) === 0 : wanted === value,
  );
}

function liesInRange({ min, max }, value) {
  if (!(value instanceof JsonNumber)) return false;
  return (min === undefined || compareNumbers(min, value) <= 0) && (max === undefined || compareNumbers(value, max) <= 0);
}

function matchesGlob({ pattern }, value) {
  const segments = readSegments(value);
  return segments !== undefined && matches(pattern, segments);
}

function hasDigest({ digests }, value) {
  if (!(value instanceof Map || Array.isArray(value)) || !numbersSurvive(value)) return false;
  try {
    return digests.includes(sha256Hex(canonical(value)));
  } catch (refused) {
    if (refused instanceof Malformed) return false;
    throw refused;
  }
}

function numbersSurvive(value) {
  if (value instanceof JsonNumber) return survivesDouble(value);
  if (value instanceof Map) return [...value.values()].every(numbersSurvive);
  return !Array.isArray(value) || value.every(numbersSurvive);
}

/** Narrower type and wider type, by name, besides exact and one-of. */
const NARROWER = {
  'range range': (narrow, wide) =>
    (wide.min === undefined || (narrow.min !== undefined && compareNumbers(narrow.min, wide.min) >= 0)) &&
    (wide.max === undefined || (narrow.max !== undefined && compareNumbers(narrow.max, wide.max) <= 0)),
  'path-prefix path-prefix': (narrow, wide) => liesAtOrBelow(narrow.prefix, wide.prefix),
  'path-prefix glob': (narrow, wide) => wide.pattern.segments.at(-1) === '**' && matchesGlob(wide, narrow.prefix),
  'glob glob': (narrow, wide) => matches(wide.pattern, narrow.pattern),
  'glob path-prefix': globBelow,
  'url url': narrowsUrl,
  'argument-digest argument-digest': (narrow, wide) => narrow.digests.every((digest) => wide.digests.includes(digest)),
};

function globBelow({ pattern }, { prefix }) {
  if (!pattern.rooted) return false;
  const above = prefix === '/' ? [] : prefix.slice(1).split('/');
  return pattern.segments.length >= above.length && above.every((segment, index) => segment === pattern.segments[index]);
}

/** Whether everything that `narrow` admits is admitted by `wide`, as far as the format goes into that. */
export function narrows(narrow, wide) {
  if (narrow.pointer !== wide.pointer) return false;
  if (narrow.values !== undefined) return narrow.values.every((value) => admits(wide, value));
  const rule = NARROWER[`${narrow.type} ${wide.type}`];
  return rule !== undefined && rule(narrow, wide);
}
