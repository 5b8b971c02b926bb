import { randomBytes } from 'node:crypto';
import { checkDelegation, readCapability } from 'talos-capability-verifier/src/capability.js';
import type { Signer } from 'talos-capability-verifier/src/channel/keys.js';
import { fromBase64url } from 'talos-capability-verifier/src/encodings.js';
import { canonical, type Json, JsonNumber, readJson } from 'talos-capability-verifier/src/json.js';
import { Refusal } from 'talos-capability-verifier/src/refusal.js';

/** What a holder passes on; what is not named stays as it is in the link before. */
export interface Narrowing {
  readonly to: string;
  readonly scope?: readonly string[];
  readonly expiresAt?: string;
  readonly delegationDepth?: number;
  readonly calls?: number;
}

/** Limits that a link must repeat because the one before has them. */
const KEPT = ['not_before', 'calls', 'spend_micro_usd', 'sources', 'constraints'];

/**
 * Passes a capability on, offline, and gives the text of the longer chain. Anything wider than the chain is a Refusal
 * (CAPABILITY_DELEGATION_INVALID). See docs/reference/capability-format.md.
 */
export function passOn(capability: string, narrowing: Narrowing, holder: Signer, now = Date.now(), id = uuidV7(now)): string {
  const before = readCapability(capability).links.at(-1)!;
  const chain = readJson(fromBase64url(capability).toString()) as Map<string, Json>[];
  const last = chain.at(-1)!;
  if (before.depth === 0) throw new Refusal('CAPABILITY_DELEGATION_INVALID', 'it may not be passed on');

  const link = new Map<string, Json>();
  for (const name of KEPT) if (last.has(name)) link.set(name, last.get(name)!);
  if (narrowing.calls !== undefined) link.set('calls', new JsonNumber(String(narrowing.calls)));
  link.set('delegation_depth', new JsonNumber(String(narrowing.delegationDepth ?? before.depth - 1)));
  link.set('expires_at', narrowing.expiresAt ?? last.get('expires_at')!);
  link.set('id', id);
  link.set('issued_at', new Date(now).toISOString());
  link.set('issuer', holder.did);
  link.set('parent', before.hash);
  link.set('scope', narrowing.scope === undefined ? last.get('scope')! : [...narrowing.scope]);
  link.set('subject', narrowing.to);
  link.set('v', 'talos.capability/1');
  link.set('signature', holder.sign(canonical(link)).toString('base64url'));

  const longer = Buffer.from(canonical([...chain, link])).toString('base64url');
  checkDelegation(readCapability(longer).links.at(-1)!, before);
  return longer;
}

/** A UUID of version 7 (RFC 9562 §5.7). */
export function uuidV7(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
