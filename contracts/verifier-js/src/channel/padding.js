import { refuseUnless } from '../refusal.js';

const SMALL = [256, 1024, 4096, 16384];
const STEP = 65536;
const LARGEST = 1048560;

/** The size of the smallest bucket for a plaintext of this size. */
export function bucketOf(size) {
  refuseUnless(size < LARGEST, 'TALOS_INVALID_INPUT', 'too large a plaintext');
  const needed = size + 1;
  return SMALL.find((bucket) => needed <= bucket) ?? Math.min(Math.ceil(needed / STEP) * STEP, LARGEST);
}

export function pad(plaintext) {
  const padded = Buffer.alloc(bucketOf(plaintext.length));
  plaintext.copy(padded);
  padded[plaintext.length] = 0x80;
  return padded;
}

export function unpad(padded) {
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) end--;
  const isPadded = end > 0 && end <= LARGEST && padded[end - 1] === 0x80 && padded.length === bucketOf(end - 1);
  refuseUnless(isPadded, 'RATCHET_AUTH_FAILED', 'not padded as it must be');
  return padded.subarray(0, end - 1);
}
