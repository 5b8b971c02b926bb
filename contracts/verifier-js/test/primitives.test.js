import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareNumbers, survivesDouble } from '../src/decimal.js';
import { fromBase64url, fromTime } from '../src/encodings.js';
import { canonical, JsonNumber, readJson } from '../src/json.js';
import { contains, readNetwork, readSource } from '../src/network.js';
import { matches, readPattern, readSegments } from '../src/path.js';
import { Malformed } from '../src/refusal.js';
import { covers, meets, readScope } from '../src/scope.js';

const number = (text) => new JsonNumber(text);

test('base64url has one text for its bytes', () => {
  assert.equal(fromBase64url('aGk').toString(), 'hi');
  for (const text of ['aGl', 'aGk=', 'aG k', 'a', '+/', 'aGk\n']) assert.throws(() => fromBase64url(text), Malformed, text);
});

test('a time exists', () => {
  assert.equal(fromTime('2024-02-29T23:59:59.999Z'), Date.UTC(2024, 1, 29, 23, 59, 59, 999));
  fromTime('0000-02-29T00:00:00.000Z');
  for (const text of ['2023-02-29T00:00:00.000Z', '2024-01-01T24:00:00.000Z', '2024-06-30T23:59:60.000Z', '2024-01-01T00:00:00Z']) {
    assert.throws(() => fromTime(text), Malformed, text);
  }
});

test('JSON is canonical in one way', () => {
  assert.equal(canonical(readJson(' {"b":[1.0,true,null],"a":"\\u00e9\\u000b","\\uD83D\\uDE00":-0,"\\ufb01":1e2}')), '{"a":"é\\u000b","b":[1,true,null],"😀":0,"ﬁ":100}');
  for (const text of ['{"a":1,"a":1}', '"\\ud800"', '01', '1.', '[1,]', '"\t"', 'nul', '{"a"}', '[] []', '"', `${'['.repeat(200)}${']'.repeat(200)}`]) {
    assert.throws(() => readJson(text), Malformed, text);
  }
});

test('numbers are compared exactly', () => {
  for (const [a, b] of [['1', '1.0'], ['1', '10e-1'], ['-0', '0e9'], ['100', '1e2'], ['0.001', '1E-3']]) {
    assert.equal(compareNumbers(number(a), number(b)), 0, `${a} is ${b}`);
  }
  for (const [a, b] of [['9007199254740992', '9007199254740993'], ['-2', '-1'], ['0', '1e-999999999'], ['9', '10'], ['-1e999999999', '1'], ['1', '1.000000000000000000001']]) {
    assert.ok(compareNumbers(number(a), number(b)) < 0, `${a} is less than ${b}`);
    assert.ok(compareNumbers(number(b), number(a)) > 0, `${b} is more than ${a}`);
  }
  for (const text of ['0.1', '1.0', '1e21', '0', '-0']) assert.ok(survivesDouble(number(text)), text);
  for (const text of ['9007199254740993', '0.1000000000000000055511151231257827', '1e400', '1e-400']) assert.ok(!survivesDouble(number(text)), text);
});

test('scopes cover by whole segments', () => {
  const covering = (wide, narrow) => covers(readScope(wide), readScope(narrow));
  assert.ok(covering('tool:notes', 'tool:notes/method:read/resource:a/**'));
  assert.ok(covering('tool:notes/resource:a/**', 'tool:notes/method:read/resource:a/*'));
  assert.ok(!covering('tool:notes/resource:a/**', 'tool:notes/resource:a'));
  assert.ok(!covering('tool:notes/resource:a/*', 'tool:notes/resource:a/**'));
  assert.ok(!covering('tool:note', 'tool:notes'));
  assert.ok(!meets([readScope('tool:notes/resource:a')], { kind: 'call', tool: 'notes', method: 'read' }));
  assert.ok(meets([readScope('tool:notes')], { kind: 'call', tool: 'notes', method: 'no name' }));
  for (const text of ['tool:', 'tool:a/', 'tool:a/resource:..', 'tool:a/resource:**/b', 'tool:a/resource:a//b', 'tool:a\n']) {
    assert.throws(() => readScope(text), Malformed, text);
  }
});

test('a network has one text, and IPv4 in IPv6 clothes is IPv4', () => {
  const mapped = readSource('::FFFF:192.0.2.1');
  assert.ok(contains(readNetwork('192.0.2.0/24'), mapped));
  assert.ok(!contains(readNetwork('::/0'), mapped));
  assert.ok(contains(readNetwork('2001:db8::/32'), readSource('2001:DB8:0:0:0:0:0:1')));
  assert.equal(readSource('fe80::1%eth0'), undefined);
  for (const text of ['192.0.2.1/24', '192.0.2.0/024', '192.0.02.0/24', '2001:DB8::/32', '1:0:0:2:0:0:0:0/128', '1::2:0:0:0:0/128', '::ffff:c000:200/120', '::1.2.3.4/128', '::/129', '1:2:3:4:5:6:7::/128']) {
    assert.throws(() => readNetwork(text), Malformed, text);
  }
});

test('patterns match whole segments', () => {
  const matching = (pattern, value) => matches(readPattern(pattern), readSegments(value));
  assert.ok(matching('/a/**/z', '/a/b/c/z'));
  assert.ok(!matching('/a/**/z', '/a/z'));
  assert.ok(matching('a*b*c', 'aXbYbc'));
  assert.ok(!matching('ab*ba', 'aba'));
  assert.ok(!matching('a*', 'a/b'));
  assert.ok(!matching('a', '/a'));
  assert.ok(!matches(readPattern('/a/*'), readPattern('/a/**')), 'one segment does not stand for many');
  for (const text of ['***', 'a**', '**/**', 'a//b', 'a/', 'a*.', '/']) assert.equal(readPattern(text), undefined, text);
});
