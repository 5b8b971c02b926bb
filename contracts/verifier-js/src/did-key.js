import { isGoodKey } from './ed25519.js';
import { require } from './refusal.js';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const MULTIKEY = /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/;
const PREFIX = 'did:key:';

/** The 32 bytes of the good Ed25519 key that a multikey is. */
export function keyOfMultikey(text) {
  require(MULTIKEY.test(text), 'not a multikey');
  let number = 0n;
  for (const digit of text.slice(1)) number = number * 58n + BigInt(ALPHABET.indexOf(digit));
  const hex = number.toString(16).padStart(68, '0');
  require(hex.length === 68 && hex.startsWith('ed01'), 'not an Ed25519 key');
  const key = Buffer.from(hex.slice(4), 'hex');
  require(isGoodKey(key), 'not a good key');
  return key;
}

/** The multikey in a DID, whose key is good. */
export function multikeyOfDid(text) {
  require(text.startsWith(PREFIX), 'not a did:key');
  const multikey = text.slice(PREFIX.length);
  keyOfMultikey(multikey);
  return multikey;
}

/** The did:key of 32 bytes of an Ed25519 key. */
export function didOfKey(key) {
  let number = BigInt(`0xed01${key.toString('hex')}`);
  let digits = '';
  for (; number > 0n; number /= 58n) digits = ALPHABET[Number(number % 58n)] + digits;
  return `${PREFIX}z${digits}`;
}
