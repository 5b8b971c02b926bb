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
    ask: (group, test) => {
      const verified = verify(group, test);
      checkCall(verified, test);
      return answerOf(verified);
    },
  },
  RequestSignatureVerify: {
    group: ['skewSeconds'],
    test: ['method', 'targetUri', 'headers', 'body'],
    answer: ['did', 'publicKey'],
    ask: (group, test) => verifyRequest({ ...test, now: fromTime(test.now), skewSeconds: group.skewSeconds }),
  },
};

function verify(group, test) {
  if (!NEEDS.includes(test.need.kind)) throw new Error(`an unknown need: ${test.need.kind}`);
  return verifyCapability(test.capability, { ...group, ...test, now: fromTime(test.now) });
}

function checkCall(verified, test) {
  if (test.arguments !== undefined) checkArguments(verified, readJson(test.arguments));
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
  let hash;
  const given = answered(() => {
    const verified = verify(group, test);
    hash = verified.hash;
    checkCall(verified, test);
    return {};
  });
  return compared({ ...expectedOf(test, []), hash: test.hash }, { ...given, hash });
}

const compared = (expected, given) => ({ expected, given, agrees: isDeepStrictEqual(expected, given) });

function expectedOf(test, answer) {
  if (test.result === 'invalid' && typeof test.code === 'string') return { result: 'invalid', code: test.code };
  if (test.result !== 'valid' || test.code !== undefined) throw new Error(`a test with an unknown result: ${test.result}`);
  return { result: 'valid', ...Object.fromEntries(answer.map((name) => [name, test[name]])) };
}

function answered(question) {
  try {
    return { result: 'valid', ...question() };
  } catch (refused) {
    if (refused instanceof Refusal) return { result: 'invalid', code: refused.code };
    throw refused;
  }
}
