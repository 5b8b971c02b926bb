import { createPublicKey, verify } from 'node:crypto';
import { LatestFew } from './latest-few.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const IDENTITY = { x: 0n, y: 1n, z: 1n, t: 0n };
const ENCODED_IDENTITY = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]);
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const keys = new LatestFew(4096);

function mod(a) {
  const rest = a % P;
  return rest < 0n ? rest + P : rest;
}

function power(base, exponent) {
  let result = 1n;
  let factor = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % P;
    factor = (factor * factor) % P;
  }
  return result;
}

export function littleEndian(bytes) {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

/** The point that 32 bytes encode by RFC 8032 §5.1.3, or undefined. */
export function decodePoint(bytes) {
  const number = littleEndian(bytes);
  const odd = number >> 255n;
  const y = number & ((1n << 255n) - 1n);
  if (y >= P) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  const v3 = mod(v * v * v);
  let x = mod(u * v3 * power(u * v3 * v3 * v, (P - 5n) / 8n));
  const square = mod(v * x * x);
  if (square === mod(-u) && u !== 0n) x = mod(x * ROOT_OF_MINUS_ONE);
  else if (square !== u) return undefined;
  if (x === 0n && odd === 1n) return undefined;
  if ((x & 1n) !== odd) x = P - x;
  return { x, y, z: 1n, t: mod(x * y) };
}

function add(p, q) {
  const a = mod((p.y - p.x) * (q.y - q.x));
  const b = mod((p.y + p.x) * (q.y + q.x));
  const c = mod(2n * D * p.t * q.t);
  const d = mod(2n * p.z * q.z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function times(scalar, point) {
  let sum = IDENTITY;
  let doubled = point;
  for (let rest = scalar; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

const isIdentity = (point) => point.x === 0n && point.y === point.z;

/** Whether a key is canonical, on the curve, and of exactly the prime order. */
export function isGoodKey(bytes) {
  return keys.get(bytes.toString('hex'), () => {
    const point = bytes.length === 32 ? decodePoint(bytes) : undefined;
    return point !== undefined && !isIdentity(point) && isIdentity(times(L, point))
      ? createPublicKey({ key: Buffer.concat([SPKI, bytes]), format: 'der', type: 'spki' })
      : null;
  }) !== null;
}

/**
 * RFC 8032 §5.1.7 without cofactor, for a good key. OpenSSL compares R byte for byte with the canonical encoding of what it computes, so a
 * non-canonical R never passes; S is compared with L here as well, so that no laxer build decides.
 */
export function isSignature(signature, message, key) {
  if (signature.length !== 64 || littleEndian(signature.subarray(32)) >= L || !isGoodKey(key)) return false;
  if (ENCODED_IDENTITY.equals(signature.subarray(0, 32))) return false;
  return verify(null, message, keys.get(key.toString('hex')), signature);
}
