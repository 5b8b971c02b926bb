import { isDeepStrictEqual } from 'node:util';
import { verifyCapability } from './capability.js';
import { fromTime } from './encodings.js';
import { readJson } from './json.js';
import { Malformed, Refusal } from './refusal.js';
import { verifyRequest } from './request-signature.js';

const TEST = ['tcId', 'comment', 'flags', 'now', 'result', 'code'];

/** For each type of a group: the members that group and test may have, and what this verifier says. */
const TYPES = {
  CapabilityVerify: {
    group: ['audience', 'trusted', 'issuerKeys'],
    test: ['capability', 'presenter', 'need', 'source', 'arguments', 'hash', 'links', 'revocationIds'],
    answer: ['hash', 'links', 'revocationIds'],
    ask: askCapability,
  },
  RequestSignatureVerify: {
    group: ['skewSeconds'],
    test: ['method', 'targetUri', 'headers', 'body', 'did', 'publicKey'],
    answer: ['did', 'publicKey'],
    ask: (group, test) => verifyRequest({ ...test, now: fromTime(test.now), skewSeconds: group.skewSeconds }),
  },
};

const NEEDS = ['call', 'whole', 'any', 'inspection'];

function askCapability(group, test) {
  if (!NEEDS.includes(test.need.kind)) throw new Error(`an unknown need: ${test.need.kind}`);
  return verifyCapability(test.capability, { ...group, ...test, now: fromTime(test.now), args: readArguments(test.arguments) });
}

/** Arguments that are no JSON object keep no constraint, as if nothing were in them. */
function readArguments(text) {
  if (text === undefined) return undefined;
  try {
    return readJson(text);
  } catch (refused) {
    if (refused instanceof Malformed) return new Map();
    throw refused;
  }
}

function requireKnown(value, known, what) {
  for (const name of Object.keys(value)) if (!known.includes(name)) throw new Error(`${what} has an unknown member ${name}`);
}

/** What this verifier says to a test of a group: {expected, given, agrees}. */
export function ask(group, test) {
  const type = Object.hasOwn(TYPES, group.type) ? TYPES[group.type] : undefined;
  if (type === undefined) throw new Error(`a group of an unknown type: ${group.type}`);
  requireKnown(group, ['type', 'tests', ...type.group], 'a group');
  requireKnown(test, [...TEST, ...type.test], 'a test');
  const expected = expectedOf(test, type.answer);
  const given = givenBy(type, group, test);
  return { expected, given, agrees: isDeepStrictEqual(expected, given) };
}

function expectedOf(test, answer) {
  if (test.result === 'invalid' && typeof test.code === 'string') return { result: 'invalid', code: test.code };
  if (test.result !== 'valid' || test.code !== undefined) throw new Error(`a test with an unknown result: ${test.result}`);
  return { result: 'valid', ...Object.fromEntries(answer.map((name) => [name, test[name]])) };
}

function givenBy(type, group, test) {
  try {
    return { result: 'valid', ...type.ask(group, test) };
  } catch (refused) {
    if (refused instanceof Refusal) return { result: 'invalid', code: refused.code };
    throw refused;
  }
}
