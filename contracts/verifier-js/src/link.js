import { readConstraint } from './constraint.js';
import { keyOfMultikey, multikeyOfDid } from './did-key.js';
import { fromBase64url, fromTime, sha256Hex } from './encodings.js';
import { integer, optional, requireMembers, some, text } from './form.js';
import { canonical } from './json.js';
import { readNetwork } from './network.js';
import { require } from './refusal.js';
import { readScope } from './scope.js';

const NEEDED = ['delegation_depth', 'expires_at', 'id', 'issued_at', 'issuer', 'scope', 'signature', 'subject', 'v'];
const OPTIONAL = ['calls', 'constraints', 'issuer_key', 'not_before', 'sources', 'spend_micro_usd'];
const AUDIENCE = /^[!-~]{1,512}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MOST = Number.MAX_SAFE_INTEGER;

/** Reads one link of a canonical chain: its form, not yet whether it holds. */
export function readLink(map, isRoot) {
  requireMembers(map, [isRoot ? 'audience' : 'parent', ...NEEDED], OPTIONAL);
  const member = (name, read) => optional(map.get(name), read);
  const matching = (pattern) => (value) => {
    require(pattern.test(text(value)), 'a member has a wrong form');
    return value;
  };
  require(map.get('v') === 'talos.capability/1', 'another version');
  member('id', matching(UUID_V7));
  const link = {
    audience: member('audience', matching(AUDIENCE)),
    calls: member('calls', (value) => integer(value, 1, MOST)),
    constraints: member('constraints', (value) => some(value, 16, readConstraint)) ?? [],
    depth: member('delegation_depth', (value) => integer(value, 0, 15)),
    expiresAt: member('expires_at', (value) => fromTime(text(value))),
    issuedAt: member('issued_at', (value) => fromTime(text(value))),
    issuer: text(map.get('issuer')),
    issuerKey: member('issuer_key', text),
    notBefore: member('not_before', (value) => fromTime(text(value))),
    parent: member('parent', matching(SHA256)),
    scopes: member('scope', (value) => some(value, 16, readScope)),
    signature: member('signature', (value) => fromBase64url(text(value))),
    sources: member('sources', (value) => some(value, 16, readNetwork)),
    spend: member('spend_micro_usd', (value) => integer(value, 1, MOST)),
    subject: text(map.get('subject')),
  };
  require(link.signature.length === 64, 'a signature has 64 bytes');
  require(link.issuedAt < link.expiresAt, 'issued when it has expired');
  require(link.notBefore === undefined || link.notBefore < link.expiresAt, 'never valid');
  multikeyOfDid(link.subject);
  return { ...link, ...signedBy(link), ...digested(map) };
}

function signedBy({ issuer, issuerKey }) {
  const own = multikeyOfDid(issuer);
  require(issuerKey !== own, 'issuer_key is what the issuer is');
  const multikey = issuerKey ?? own;
  const key = keyOfMultikey(multikey);
  return { key, keyId: sha256Hex(`talos:revoked-key:v1\n${multikey}`) };
}

function digested(map) {
  const unsigned = new Map(map);
  unsigned.delete('signature');
  return { hash: sha256Hex(canonical(map)), message: Buffer.from(canonical(unsigned)) };
}
