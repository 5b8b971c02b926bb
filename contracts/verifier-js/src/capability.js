import { holds, narrows } from './constraint.js';
import { isSignature } from './ed25519.js';
import { fromBase64url, fromUtf8, sha256Hex } from './encodings.js';
import { canonical, readJson } from './json.js';
import { readLink } from './link.js';
import { contains, coversNetwork, readSource } from './network.js';
import { formed, refuseUnless, require } from './refusal.js';
import { covers, meets } from './scope.js';

const LONGEST_HEADER = 87382;
const MOST_LINKS = 16;
const CLOCK_SKEW = 60_000;

/** Step 1: a header's links, root first, and the capability hash. */
export function readCapability(header) {
  return formed('CAPABILITY_INVALID', () => {
    require(header.length <= LONGEST_HEADER, 'too long');
    const bytes = fromBase64url(header);
    const text = fromUtf8(bytes);
    const chain = readJson(text);
    require(Array.isArray(chain) && chain.length >= 1 && chain.length <= MOST_LINKS, 'not an array of 1 to 16 links');
    require(canonical(chain) === text, 'not canonical');
    return { hash: sha256Hex(bytes), links: chain.map((link, index) => readLink(link, index === 0)) };
  });
}

/**
 * Steps 1 to 8.
 *
 * @param header text of the Talos-Capability header
 * @param asked {audience, trusted: [DID], issuerKeys: {DID: [multikey]}, presenter, now: milliseconds, need, source?}
 * @returns {hash, links}, for checkArguments and answerOf; throws a Refusal otherwise
 */
export function verifyCapability(header, asked) {
  const { hash, links } = readCapability(header);
  const root = links[0];
  const last = links[links.length - 1];
  const source = readSource(asked.source);
  refuseUnless(root.audience === asked.audience, 'CAPABILITY_AUDIENCE_MISMATCH', 'made for another server');
  refuseUnless(asked.trusted.includes(root.issuer), 'CAPABILITY_ISSUER_UNTRUSTED', 'the root is signed by a stranger');
  links.forEach((link) => checkTime(link, asked.now));
  refuseUnless(last.subject === asked.presenter, 'CAPABILITY_SUBJECT_MISMATCH', 'shown by somebody else');
  refuseUnless(meets(last.scopes, asked.need), 'CAPABILITY_SCOPE_MISMATCH', 'not for this');
  links.forEach((link) => checkSource(link, source));
  links.forEach((link, index) => {
    checkSignature(link, asked.issuerKeys ?? {});
    if (index > 0) checkDelegation(link, links[index - 1]);
  });
  return { hash, links };
}

/** Step 10: the arguments, as readJson gave them, keep the constraints of every link. */
export function checkArguments({ links }, args) {
  const kept = links.every((link) => link.constraints.every((constraint) => holds(constraint, args)));
  refuseUnless(kept, 'CAPABILITY_CONSTRAINT_VIOLATED', 'arguments outside a constraint');
}

/** What a capability that verifies is called: {hash, links: [hash], revocationIds: [SHA-256]}. */
export function answerOf({ hash, links }) {
  return { hash, links: links.map((link) => link.hash), revocationIds: links.flatMap((link) => [link.hash, link.keyId]) };
}

function checkTime(link, now) {
  refuseUnless(now < link.expiresAt, 'CAPABILITY_EXPIRED', 'over');
  refuseUnless(link.notBefore === undefined || now >= link.notBefore, 'CAPABILITY_NOT_YET_VALID', 'too early');
  refuseUnless(link.issuedAt <= now + CLOCK_SKEW, 'CAPABILITY_NOT_YET_VALID', 'issued in the future');
}

function checkSource({ sources }, address) {
  const inside = sources === undefined || sources.some((network) => contains(network, address));
  refuseUnless(inside, 'CAPABILITY_SOURCE_MISMATCH', 'shown from elsewhere');
}

function checkSignature(link, issuerKeys) {
  const known = Object.hasOwn(issuerKeys, link.issuer) ? issuerKeys[link.issuer] : [];
  const speaks = link.issuerKey === undefined || known.includes(link.issuerKey);
  refuseUnless(speaks, 'CAPABILITY_SIGNATURE_INVALID', 'the key does not sign for the issuer');
  refuseUnless(isSignature(link.signature, link.message, link.key), 'CAPABILITY_SIGNATURE_INVALID', 'does not verify');
}

/** Whether a link hangs on the one before it and is no wider. */
export function checkDelegation(link, before) {
  refuseUnless(link.parent === before.hash, 'CAPABILITY_DELEGATION_INVALID', 'another parent');
  refuseUnless(isNoWider(link, before), 'CAPABILITY_DELEGATION_INVALID', 'wider than its parent');
}

function isNoWider(link, before) {
  const noMore = (mine, limit) => limit === undefined || (mine !== undefined && mine <= limit);
  return (
    link.issuer === before.subject &&
    link.depth < before.depth &&
    link.scopes.every((scope) => before.scopes.some((wide) => covers(wide, scope))) &&
    link.expiresAt <= before.expiresAt &&
    (before.notBefore === undefined || (link.notBefore !== undefined && link.notBefore >= before.notBefore)) &&
    noMore(link.calls, before.calls) &&
    noMore(link.spend, before.spend) &&
    keepsSources(link.sources, before.sources) &&
    before.constraints.every((wide) => link.constraints.some((narrow) => narrows(narrow, wide)))
  );
}

function keepsSources(mine, before) {
  if (before === undefined) return true;
  return mine !== undefined && mine.every((network) => before.some((wide) => coversNetwork(wide, network)));
}
