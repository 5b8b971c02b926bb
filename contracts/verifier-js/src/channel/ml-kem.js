// ML-KEM-768 of FIPS 203, for verifying: it is not written to take the same time for every secret.
import { createHash } from 'node:crypto';
import { require } from '../refusal.js';

const Q = 3329;
const N = 256;
const K = 3;
const DU = 10;
const DV = 4;
const POLYNOMIAL = (N * 12) / 8;
const INVERSE_OF_128 = 3303;
const STREAM = { first: 840, more: 168 };

export const SEED_SIZE = 64;
export const SECRET_SIZE = 32;
export const PUBLIC_KEY_SIZE = K * POLYNOMIAL + 32;
export const CIPHERTEXT_SIZE = (N * (K * DU + DV)) / 8;

const hash = (algorithm, parts, outputLength) => {
  const running = createHash(algorithm, outputLength === undefined ? undefined : { outputLength });
  for (const part of parts) running.update(part);
  return running.digest();
};
const G = (...parts) => {
  const both = hash('sha3-512', parts);
  return [both.subarray(0, 32), both.subarray(32)];
};
const H = (bytes) => hash('sha3-256', [bytes]);
const J = (...parts) => hash('shake256', parts, 32);

/** 17 to the power of the seven reversed bits of i (appendix A). */
const ZETAS = Array.from({ length: 128 }, (_, i) => {
  const exponent = parseInt(i.toString(2).padStart(7, '0').split('').reverse().join(''), 2);
  let zeta = 1;
  for (let n = 0; n < exponent; n++) zeta = (zeta * 17) % Q;
  return zeta;
});

const add = (a, b) => a.map((coefficient, i) => (coefficient + b[i]) % Q);
const subtract = (a, b) => a.map((coefficient, i) => (coefficient + Q - b[i]) % Q);
const sum = (polynomials) => polynomials.reduce(add);
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

/** Algorithm 5: numbers of d bits each, the lowest bit first. */
function encode(polynomial, d) {
  const bytes = Buffer.alloc((N * d) / 8);
  for (let i = 0; i < N * d; i++) bytes[i >> 3] |= ((polynomial[Math.floor(i / d)] >> (i % d)) & 1) << (i & 7);
  return bytes;
}

/** Algorithm 6. */
function decode(bytes, d) {
  const polynomial = new Int32Array(N);
  for (let i = 0; i < N * d; i++) polynomial[Math.floor(i / d)] |= ((bytes[i >> 3] >> (i & 7)) & 1) << (i % d);
  return d === 12 ? polynomial.map((coefficient) => coefficient % Q) : polynomial;
}

const decodeAll = (bytes, d) => range(0, (bytes.length * 8) / (N * d)).map((i) => decode(bytes.subarray((i * N * d) / 8), d));
const encodeAll = (polynomials, d) => Buffer.concat(polynomials.map((polynomial) => encode(polynomial, d)));

/** §4.2.1: the nearest, and of two the larger. */
const compress = (polynomial, d) => polynomial.map((x) => Math.floor((x * 2 ** (d + 1) + Q) / (2 * Q)) % 2 ** d);
const decompress = (polynomial, d) => polynomial.map((y) => Math.floor((y * 2 * Q + 2 ** d) / 2 ** (d + 1)));

/** Algorithm 7: what a stream of SHAKE128 yields, as much of it as is needed. */
function sampleNtt(rho, j, i) {
  const polynomial = new Int32Array(N);
  for (let size = STREAM.first; ; size += STREAM.more) {
    const stream = hash('shake128', [rho, Buffer.of(j, i)], size);
    let count = 0;
    for (let at = 0; at < size && count < N; at += 3) {
      const low = stream[at] | ((stream[at + 1] & 15) << 8);
      const high = (stream[at + 1] >> 4) | (stream[at + 2] << 4);
      if (low < Q) polynomial[count++] = low;
      if (high < Q && count < N) polynomial[count++] = high;
    }
    if (count === N) return polynomial;
  }
}

/** Algorithm 8 with η = 2, of PRF(s, n). */
function sampleSmall(s, n) {
  const bits = decode(hash('shake256', [s, Buffer.of(n)], 128), 4);
  const ones = (two) => (two & 1) + (two >> 1);
  return bits.map((four) => (Q + ones(four & 3) - ones(four >> 2)) % Q);
}

/** Algorithm 9. */
function ntt(polynomial) {
  const f = Int32Array.from(polynomial);
  for (let i = 1, length = 128; length >= 2; length >>= 1) {
    for (let start = 0; start < N; start += 2 * length) {
      const zeta = ZETAS[i++];
      for (let j = start; j < start + length; j++) {
        const t = (zeta * f[j + length]) % Q;
        f[j + length] = (f[j] + Q - t) % Q;
        f[j] = (f[j] + t) % Q;
      }
    }
  }
  return f;
}

/** Algorithm 10. */
function inverseNtt(polynomial) {
  const f = Int32Array.from(polynomial);
  for (let i = 127, length = 2; length <= 128; length <<= 1) {
    for (let start = 0; start < N; start += 2 * length) {
      const zeta = ZETAS[i--];
      for (let j = start; j < start + length; j++) {
        const t = f[j];
        f[j] = (t + f[j + length]) % Q;
        f[j + length] = (zeta * (f[j + length] + Q - t)) % Q;
      }
    }
  }
  return f.map((coefficient) => (coefficient * INVERSE_OF_128) % Q);
}

/** Algorithms 11 and 12. */
function multiply(f, g) {
  const h = new Int32Array(N);
  for (let i = 0; i < N / 2; i++) {
    const gamma = (((ZETAS[i] * ZETAS[i]) % Q) * 17) % Q;
    h[2 * i] = (f[2 * i] * g[2 * i] + ((f[2 * i + 1] * g[2 * i + 1]) % Q) * gamma) % Q;
    h[2 * i + 1] = (f[2 * i] * g[2 * i + 1] + f[2 * i + 1] * g[2 * i]) % Q;
  }
  return h;
}

const product = (row, vector) => sum(row.map((polynomial, i) => multiply(polynomial, vector[i])));
const matrix = (rho) => range(0, K).map((i) => range(0, K).map((j) => sampleNtt(rho, j, i)));
const transposed = (rows) => rows.map((_, i) => rows.map((row) => row[i]));

/** Algorithms 13 and 16: {publicKey, secret (the decryption key), z} of d || z. */
function expand(seed) {
  require(seed.length === SEED_SIZE, 'a seed has 64 bytes');
  const [rho, sigma] = G(seed.subarray(0, 32), Buffer.of(K));
  const s = range(0, K).map((n) => ntt(sampleSmall(sigma, n)));
  const e = range(K, 2 * K).map((n) => ntt(sampleSmall(sigma, n)));
  const t = matrix(rho).map((row, i) => add(product(row, s), e[i]));
  return { publicKey: Buffer.concat([encodeAll(t, 12), rho]), secret: s, z: seed.subarray(32) };
}

/** Algorithm 14. */
function encrypt(publicKey, message, randomness) {
  const t = decodeAll(publicKey.subarray(0, K * POLYNOMIAL), 12);
  const y = range(0, K).map((n) => ntt(sampleSmall(randomness, n)));
  const e1 = range(K, 2 * K).map((n) => sampleSmall(randomness, n));
  const u = transposed(matrix(publicKey.subarray(K * POLYNOMIAL))).map((row, i) => add(inverseNtt(product(row, y)), e1[i]));
  const v = sum([inverseNtt(product(t, y)), sampleSmall(randomness, 2 * K), decompress(decode(message, 1), 1)]);
  return Buffer.concat([encodeAll(u.map((polynomial) => compress(polynomial, DU)), DU), encode(compress(v, DV), DV)]);
}

/** Algorithm 15. */
function decrypt(secret, ciphertext) {
  const end = (K * N * DU) / 8;
  const u = decodeAll(ciphertext.subarray(0, end), DU).map((polynomial) => decompress(polynomial, DU));
  const v = decompress(decode(ciphertext.subarray(end), DV), DV);
  return encode(compress(subtract(v, inverseNtt(product(secret, u.map(ntt)))), 1), 1);
}

/** The encapsulation key of a seed d || z. */
export const publicKeyOf = (seed) => expand(seed).publicKey;

/** §7.2. */
export function isPublicKey(bytes) {
  if (bytes.length !== PUBLIC_KEY_SIZE) return false;
  const coefficients = bytes.subarray(0, K * POLYNOMIAL);
  return encodeAll(decodeAll(coefficients, 12), 12).equals(coefficients);
}

/** Algorithm 17 with the check of the key: {secret, ciphertext} of the message m. */
export function encapsulate(publicKey, m) {
  require(isPublicKey(publicKey), 'not an encapsulation key of ML-KEM-768');
  require(m.length === 32, 'the message to encapsulate has 32 bytes');
  const [secret, randomness] = G(m, H(publicKey));
  return { secret, ciphertext: encrypt(publicKey, m, randomness) };
}

/** Algorithm 18 with the check of the ciphertext. The seed is expanded here, so that H(ek) is of the ek beside it. */
export function decapsulate(seed, ciphertext) {
  require(ciphertext.length === CIPHERTEXT_SIZE, 'not a ciphertext of ML-KEM-768');
  const { publicKey, secret, z } = expand(seed);
  const message = decrypt(secret, ciphertext);
  const [shared, randomness] = G(message, H(publicKey));
  return encrypt(publicKey, message, randomness).equals(ciphertext) ? shared : J(z, ciphertext);
}
