import { createHmac, createPrivateKey, createPublicKey, diffieHellman, sign } from 'node:crypto';
import { didOfKey } from '../did-key.js';
import { require } from '../refusal.js';

const PKCS8 = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const SHA256_SIZE = 32;

export const KEY_SIZE = 32;

function privateKey(curve, bytes) {
  require(bytes.length === KEY_SIZE, 'a private key has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([Buffer.from(PKCS8[curve], 'hex'), bytes]), format: 'der', type: 'pkcs8' });
}

const publicBytes = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_SIZE);

/** Who signs with an Ed25519 seed: {did, publicKey, sign}. */
export function signerOf(seed) {
  const key = privateKey('ed25519', seed);
  const publicKey = publicBytes(key);
  return { did: didOfKey(publicKey), publicKey, sign: (text) => sign(null, Buffer.from(text), key) };
}

/** The X25519 public key of a private one. */
export const publicKeyOf = (secret) => publicBytes(privateKey('x25519', secret));

/** X25519, whose all-zero result is malformed. */
export function dh(secret, publicKey) {
  const theirs = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  const shared = sharedBytes(privateKey('x25519', secret), theirs);
  require(shared.some((byte) => byte !== 0), 'a key of low order');
  return shared;
}

function sharedBytes(ours, theirs) {
  try {
    return diffieHellman({ privateKey: ours, publicKey: theirs });
  } catch (failed) {
    if (!String(failed.code).startsWith('ERR_OSSL')) throw failed; // OpenSSL gives an error instead of zeros
    return Buffer.alloc(KEY_SIZE);
  }
}

/** HMAC-SHA256 over the parts. */
export function hmac(key, ...parts) {
  const running = createHmac('sha256', key);
  for (const part of parts) running.update(part);
  return running.digest();
}

/** RFC 5869 §2.3. */
export function hkdfExpand(key, info, size) {
  const blocks = [Buffer.alloc(0)];
  for (let n = 1; n <= Math.ceil(size / SHA256_SIZE); n++) blocks.push(hmac(key, blocks[n - 1], info, Buffer.of(n)));
  return Buffer.concat(blocks).subarray(0, size);
}

/** RFC 5869 §2.2 and §2.3. */
export const hkdf = (salt, material, info, size) => hkdfExpand(hmac(salt, material), info, size);
