import { isDeepStrictEqual } from 'node:util';
import { answerOf, checkArguments, verifyCapability } from './capability.js';
import { fromTime } from './encodings.js';
import { readJson } from './json.js';
import { Refusal } from './refusal.js';
import { verifyRequest } from './request-signature.js';

const TEST = ['tcId', 'comment', 'flags', 'now', 'result', 'code'];
const CAPABILITY = ['capability', 'presenter', 'need', 'source', 'arguments'];
const NEEDS = ['call', 'whole', 'any', 'inspection'];

/** For each type of a group: the members that group and test may have, and what this verifier says. */
const TYPES = {
  CapabilityVerify: {
    group: ['audience', 'trusted', 'issuerKeys'],
    test: CAPABILITY,
    answer: ['hash', 'links', 'revocationIds'],
    ask: askCapability,
  },
  RequestSignatureVerify: {
    group: ['skewSeconds'],
    test: ['method', 'targetUri', 'headers', 'body'],
    answer: ['did', 'publicKey'],
    ask: (group, test) => verifyRequest({ ...test, now: fromTime(test.now), skewSeconds: group.skewSeconds }),
  },
};

/** What a chain that verifies is called is said of a call too whose arguments then break a constraint. */
function askCapability(group, test) {
  if (!NEEDS.includes(test.need.kind)) throw new Error(`an unknown need: ${test.need.kind}`);
  const verified = verifyCapability(test.capability, { ...group, ...test, now: fromTime(test.now) });
  const call = answered(() => {
    if (test.arguments !== undefined) checkArguments(verified, readJson(test.arguments));
    return {};
  });
  return { ...answerOf(verified), ...call };
}

function requireKnown(value, known, what) {
  for (const name of Object.keys(value)) if (!known.includes(name)) throw new Error(`${what} has an unknown member ${name}`);
}

/** What this verifier says to a test of a group: {expected, given, agrees}. */
export function ask(group, test) {
  const type = Object.hasOwn(TYPES, group.type) ? TYPES[group.type] : undefined;
  if (type === undefined) throw new Error(`a group of an unknown type: ${group.type}`);
  requireKnown(group, ['type', 'tests', ...type.group], 'a group');
  requireKnown(test, [...TEST, ...type.test, ...type.answer], 'a test');
  return compared(expectedOf(test, type.answer), answered(() => type.ask(group, test)));
}

/** The same for a mutated capability, of which only the capability hash is known, and that as soon as the chain verifies. */
export function askMutation(group, test) {
  requireKnown(group, ['type', ...TYPES.CapabilityVerify.group], 'the first line');
  requireKnown(test, ['n', 'from', 'now', 'result', 'code', ...CAPABILITY, 'hash'], 'a mutation');
  if (group.type !== 'CapabilityVerify') throw new Error(`mutations of an unknown type: ${group.type}`);
  const { result, code, hash } = answered(() => askCapability(group, test));
  return compared(expectedOf(test, ['hash']), withoutHoles({ result, code, hash }));
}

const compared = (expected, given) => ({ expected, given, agrees: isDeepStrictEqual(expected, given) });

const withoutHoles = (value) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

function expectedOf(test, answer) {
  const known = test.result === 'valid' ? test.code === undefined : test.result === 'invalid' && typeof test.code === 'string';
  if (!known) throw new Error(`a test with an unknown result: ${test.result}, ${test.code}`);
  return withoutHoles(Object.fromEntries(['result', 'code', ...answer].map((name) => [name, test[name]])));
}

function answered(question) {
  try {
    return { result: 'valid', ...question() };
  } catch (refused) {
    if (refused instanceof Refusal) return { result: 'invalid', code: refused.code };
    throw refused;
  }
}
