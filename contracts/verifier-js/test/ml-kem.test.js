import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { CIPHERTEXT_SIZE, decapsulate, encapsulate, isPublicKey, PUBLIC_KEY_SIZE, publicKeyOf } from '../src/channel/ml-kem.js';
import { Malformed } from '../src/refusal.js';

const WYCHEPROOF = new URL('../../../../shared/conformance/wycheproof/mlkem_768_test.json', import.meta.url);
const skip = existsSync(WYCHEPROOF) ? false : 'no shared/conformance/wycheproof beside the checkout';

test('Alice and Bob have the same secret, and Mallory with a changed ciphertext another', () => {
  const seed = randomBytes(64);
  const { secret, ciphertext } = encapsulate(publicKeyOf(seed), randomBytes(32));
  assert.deepEqual(decapsulate(seed, ciphertext), secret);

  const changed = Buffer.from(ciphertext);
  changed[randomBytes(2).readUInt16BE() % CIPHERTEXT_SIZE] ^= 1;
  const rejected = decapsulate(seed, changed);
  assert.notDeepEqual(rejected, secret);
  assert.deepEqual(decapsulate(seed, changed), rejected, 'always the same other secret');
});

test('Mallory finds no second encoding of a key', () => {
  const key = publicKeyOf(Buffer.alloc(64, 7));
  assert.equal(isPublicKey(key), true);
  assert.equal(isPublicKey(Buffer.concat([key, Buffer.of(0)])), false);
  assert.equal(isPublicKey(key.subarray(1)), false);
  for (let at = 0; at < PUBLIC_KEY_SIZE - 32; at += 3 * 64) {
    const first = key[at] | ((key[at + 1] & 15) << 8);
    const again = Buffer.from(key);
    const larger = first + 3329;
    if (larger > 4095) continue;
    again[at] = larger & 255;
    again[at + 1] = (again[at + 1] & 0xf0) | (larger >> 8);
    assert.equal(isPublicKey(again), false);
    assert.throws(() => encapsulate(again, Buffer.alloc(32)), Malformed);
  }
  const largest = Buffer.alloc(PUBLIC_KEY_SIZE);
  largest[0] = 3328 & 255;
  largest[1] = 3328 >> 8;
  assert.equal(isPublicKey(largest), true, 'a coefficient of 3328');
  largest[0]++;
  assert.equal(isPublicKey(largest), false, 'a coefficient of 3329');
});

test("every vector of Project Wycheproof's is answered as it says", { skip }, () => {
  const file = JSON.parse(readFileSync(WYCHEPROOF, 'utf8'));
  let count = 0;
  for (const group of file.testGroups) {
    assert.deepEqual([group.type, group.parameterSet], ['MLKEMTest', 'ML-KEM-768']);
    for (const vector of group.tests) {
      count++;
      const seed = Buffer.from(vector.seed, 'hex');
      const ask = () => decapsulate(seed, Buffer.from(vector.c, 'hex')).toString('hex');
      if (vector.result === 'invalid') {
        assert.throws(ask, Malformed, `tcId ${vector.tcId}`);
        continue;
      }
      assert.equal(vector.result, 'valid');
      assert.equal(publicKeyOf(seed).toString('hex'), vector.ek, `tcId ${vector.tcId}`);
      assert.equal(ask(), vector.K, `tcId ${vector.tcId}`);
    }
  }
  assert.ok(count > 0);
  assert.equal(count, file.numberOfTests);
});
