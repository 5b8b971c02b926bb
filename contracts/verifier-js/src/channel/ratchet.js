// The Double Ratchet. A state is never changed: sending and receiving give the next one.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { formed, refuseUnless, require } from '../refusal.js';
import { dh, hkdf, hkdfExpand, hmac, KEY_SIZE, publicKeyOf } from './keys.js';
import { pad, unpad } from './padding.js';

const VERSION = 2;
const HEADER_SIZE = 41;
const NUMBER_MAX = 2 ** 31 - 2;
const PREVIOUS_MAX = 2 ** 31 - 1;
const AHEAD_MAX = 1000;
const AGE_MAX = 1024n;
const TAG_SIZE = 16;

export const SKIPPED_MAX = 2000;

const START = { sent: 0, received: 0, previousSent: 0, opened: 0n, skipped: [] };

export function initiatorState(suite, { context, rootKey }, ownPrivate, theirKey) {
  const { root, chain } = turn(rootKey, ownPrivate, theirKey);
  return { ...START, suite, context, rootKey: root, ownPrivate, theirKey, sending: chain };
}

export function responderState(suite, { context, rootKey }, ownPrivate, theirKey) {
  const { root, chain } = turn(rootKey, ownPrivate, theirKey);
  return { ...START, suite, context, rootKey: root, ownPrivate, theirKey, receiving: chain };
}

function turn(rootKey, ownPrivate, theirKey) {
  const shared = formed('RATCHET_AUTH_FAILED', () => dh(ownPrivate, theirKey));
  const both = hkdf(rootKey, shared, 'talos:ratchet-2:root:v1', 64);
  return { root: both.subarray(0, 32), chain: both.subarray(32) };
}

const messageKeyOf = (chain) => hmac(chain, 'talos:ratchet-2:message:v1');
const nextChain = (chain) => hmac(chain, 'talos:ratchet-2:chain:v1');

function sealing(state, header, messageKey) {
  const both = hkdfExpand(messageKey, 'talos:ratchet-2:aead:v2', 44);
  const data = Buffer.concat([Buffer.from('talos:ratchet-2:message-data:v1\n'), state.context, header]);
  return { messageKey, key: both.subarray(0, 32), nonce: both.subarray(32), data };
}

export function writeHeader({ ratchetKey, previousCount, number }) {
  const counts = Buffer.alloc(8);
  counts.writeUInt32BE(previousCount, 0);
  counts.writeUInt32BE(number, 4);
  return Buffer.concat([Buffer.of(VERSION), ratchetKey, counts]);
}

export function readHeader(bytes) {
  return formed('RATCHET_INVALID_HEADER', () => {
    require(bytes.length === HEADER_SIZE && bytes[0] === VERSION, 'not a header of version 2');
    const [previousCount, number] = [bytes.readUInt32BE(33), bytes.readUInt32BE(37)];
    require(previousCount <= PREVIOUS_MAX && number <= NUMBER_MAX, 'a count is too large');
    return { ratchetKey: bytes.subarray(1, 33), previousCount, number };
  });
}

/** Seals a plaintext: {header, ciphertext, state (the next), steps}. `draw` gives so many random bytes. */
export function send(state, plaintext, draw) {
  const ready = state.sending ? state : withSendingChain(state, draw(KEY_SIZE));
  if (ready.sent > NUMBER_MAX) throw new Error('the chain is at its end');
  const padded = pad(plaintext);
  const header = writeHeader({ ratchetKey: publicKeyOf(ready.ownPrivate), previousCount: ready.previousSent, number: ready.sent });
  const { data, ...steps } = sealing(ready, header, messageKeyOf(ready.sending));
  const cipher = createCipheriv('aes-256-gcm', steps.key, steps.nonce, { authTagLength: TAG_SIZE });
  cipher.setAAD(data);
  const ciphertext = Buffer.concat([cipher.update(padded), cipher.final(), cipher.getAuthTag()]);
  return { header, ciphertext, state: { ...ready, sending: nextChain(ready.sending), sent: ready.sent + 1 }, steps: { ...steps, padded } };
}

function withSendingChain(state, ownPrivate) {
  const { root, chain } = turn(state.rootKey, ownPrivate, state.theirKey);
  return { ...state, ownPrivate, rootKey: root, sending: chain, previousSent: state.sent, sent: 0 };
}

/** Opens a message: {plaintext, state (the next), steps}. */
export function receive(state, headerBytes, ciphertext) {
  const header = readHeader(headerBytes);
  const goesOn = state.receiving !== undefined && header.ratchetKey.equals(state.theirKey);
  const skipped = goesOn && header.number >= state.received ? undefined : findSkipped(state, header);
  const { next, messageKey } = skipped
    ? { next: { ...state, skipped: state.skipped.filter((kept) => kept !== skipped) }, messageKey: skipped.messageKey }
    : moved(goesOn ? state : turned(state, header), header);
  const sealed = sealing(state, headerBytes, messageKey);
  const plaintext = unpad(unseal(sealed, ciphertext));
  const { data, ...steps } = sealed;
  return { plaintext, state: aged(next), steps };
}

const findSkipped = (state, { ratchetKey, number }) =>
  state.skipped.find((kept) => kept.number === number && kept.ratchetKey.equals(ratchetKey));

function turned(state, header) {
  const kept = state.receiving ? keepUpTo(state, header.previousCount) : state;
  const { root, chain } = turn(kept.rootKey, kept.ownPrivate, header.ratchetKey);
  return { ...kept, rootKey: root, theirKey: header.ratchetKey, receiving: chain, received: 0, sending: undefined };
}

function moved(state, { number }) {
  refuseUnless(number >= state.received, 'RATCHET_AUTH_FAILED', 'a message that was read before');
  const kept = keepUpTo(state, number);
  const next = { ...kept, receiving: nextChain(kept.receiving), received: number + 1 };
  return { next, messageKey: messageKeyOf(kept.receiving) };
}

function keepUpTo(state, end) {
  refuseUnless(end <= state.received + AHEAD_MAX, 'RATCHET_MAX_SKIP_EXCEEDED', 'too many messages are missing');
  const skipped = [...state.skipped];
  let { receiving, received } = state;
  for (; received < end; received++) {
    skipped.push({ ratchetKey: state.theirKey, number: received, keptAt: state.opened, messageKey: messageKeyOf(receiving) });
    receiving = nextChain(receiving);
  }
  return { ...state, receiving, received, skipped: skipped.slice(-SKIPPED_MAX) };
}

function aged(state) {
  const opened = state.opened + 1n;
  return { ...state, opened, skipped: state.skipped.filter((kept) => kept.keptAt >= opened - AGE_MAX) };
}

function unseal({ key, nonce, data }, ciphertext) {
  refuseUnless(ciphertext.length >= TAG_SIZE, 'RATCHET_AUTH_FAILED', 'shorter than a tag');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_SIZE });
  decipher.setAAD(data);
  decipher.setAuthTag(ciphertext.subarray(-TAG_SIZE));
  const padded = decipher.update(ciphertext.subarray(0, -TAG_SIZE));
  try {
    decipher.final();
  } catch {
    refuseUnless(false, 'RATCHET_AUTH_FAILED', 'does not open');
  }
  return padded;
}
