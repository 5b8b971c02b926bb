import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { decodePoint, isGoodKey, isSignature, littleEndian } from '../src/ed25519.js';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const BASE = Buffer.from('58'.padEnd(64, '6'), 'hex');

function bytesOf(number) {
  return Buffer.from(number.toString(16).padStart(64, '0'), 'hex').reverse();
}

function alice() {
  const pair = generateKeyPairSync('ed25519');
  const key = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key, sign: (message) => sign(null, message, pair.privateKey) };
}

test('the base point is decoded to the x of RFC 8032', () => {
  const x = 15112221349535400772501151409588531511454012693041857206046113283949847762202n;
  assert.equal(decodePoint(BASE).x, x);
  assert.ok(isGoodKey(BASE));
});

test('Mallory finds no key of small order', () => {
  const small = [
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  ];
  for (const key of small) {
    assert.notEqual(decodePoint(Buffer.from(key, 'hex')), undefined, `${key} is a point`);
    assert.equal(isGoodKey(Buffer.from(key, 'hex')), false, key);
  }
});

test('Mallory finds no key of mixed order: a point minus a point of order two', () => {
  const { key } = alice();
  const y = littleEndian(key) & (2n ** 255n - 1n);
  const sign = littleEndian(key) >> 255n;
  const mixed = bytesOf((P - y) | ((1n - sign) << 255n)); // (-x, -y) = point + (0, -1)
  assert.notEqual(decodePoint(mixed), undefined);
  assert.equal(isGoodKey(mixed), false);
});

test('a key has one encoding', () => {
  assert.equal(decodePoint(bytesOf(P)), undefined, 'y is p');
  assert.equal(decodePoint(bytesOf(P + 1n)), undefined, 'y is p + 1');
  assert.equal(decodePoint(bytesOf(1n | (1n << 255n))), undefined, 'minus zero');
  assert.equal(decodePoint(bytesOf(2n)), undefined, 'no point');
});

test('a signature has one encoding, and is of one message by one key', () => {
  const { key, sign: signs } = alice();
  const message = Buffer.from('hello');
  const signature = signs(message);
  const malleable = Buffer.concat([signature.subarray(0, 32), bytesOf(littleEndian(signature.subarray(32)) + L)]);

  assert.ok(isSignature(signature, message, key));
  assert.equal(isSignature(malleable, message, key), false);
  assert.equal(isSignature(signature, Buffer.from('hullo'), key), false);
  assert.equal(isSignature(signature, message, alice().key), false);
  assert.equal(isSignature(signature.subarray(0, 63), message, key), false);
});

test('R zero and S zero sign nothing, whatever the key', () => {
  const identity = Buffer.concat([bytesOf(1n), bytesOf(0n)]);
  assert.equal(isSignature(identity, Buffer.from('hello'), bytesOf(1n)), false);
});

test('a signature whose R is the identity is none, although the equation holds', () => {
  const pair = generateKeyPairSync('ed25519');
  const key = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const seed = pair.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const clamped = createHash('sha512').update(seed).digest().subarray(0, 32);
  clamped[0] &= 248;
  clamped[31] = (clamped[31] & 127) | 64;
  const message = Buffer.from('no nonce at all');
  const r = bytesOf(1n);
  const k = littleEndian(createHash('sha512').update(r).update(key).update(message).digest());
  const signature = Buffer.concat([r, bytesOf((k * littleEndian(clamped)) % L)]);
  assert.equal(isSignature(signature, message, key), false);
});
