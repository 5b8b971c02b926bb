#!/usr/bin/env node
// Writes contracts/vectors/log/receipts.json, from docs/reference/receipts.md alone; with --check it only says whether the file is what it would write.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { sha256, sha256Hex } from '../src/encodings.js';

const target = new URL('../../vectors/log/receipts.json', import.meta.url);
const ORIGIN = 'talos.example.org/audit/log';
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key under a name: its vkey, and the signature line that it makes under a text. */
function signer(name, seed) {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' });
  const typed = Buffer.concat([Buffer.of(1), Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x, 'base64url')]);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).subarray(0, 4);
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    line: (text) => `\u2014 ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')}\n`,
  };
}

const own = signer(`${ORIGIN}/receipts`, 1);
const receipt = {
  label: 'talos.receipt/v1',
  origin: ORIGIN,
  event_id: '0190a5e0-7c3a-7000-8000-000000000001',
  event_hash: sha256Hex('event'),
  place: 'node-1/3 20',
  ts: '2026-03-01T12:00:00.000Z',
};
const text = (changes = {}) => `${Object.values({ ...receipt, ...changes }).join('\n')}\n`;
const header = (body, ...keys) => Buffer.from(`${body}\n${keys.map((key) => key.line(body)).join('')}`).toString('base64url');
const signed = (changes) => header(text(changes), own);
const genuine = signed();
const note = Buffer.from(genuine, 'base64url').toString();

const valid = [
  ['a receipt', genuine],
  ['the first number of a source', signed({ place: 'n/0 0' })],
  ['with the signature of somebody else beside it', header(text(), signer('other.example/receipts', 2), own)],
];
const invalid = [
  ['no text', ''],
  ['standard base64', Buffer.from(note).toString('base64')],
  ['a changed hash', Buffer.from(note.replace(receipt.event_hash, sha256Hex('another'))).toString('base64url')],
  ['a changed number', Buffer.from(note.replace('node-1/3 20', 'node-1/3 21')).toString('base64url')],
  ['signed by another key of the same name', header(text(), signer(`${ORIGIN}/receipts`, 2))],
  ['signed by the key of the log', header(text(), signer(ORIGIN, 1))],
  ['not signed', Buffer.from(`${text()}\n`).toString('base64url')],
  ['a checkpoint that the key signed', header(`${ORIGIN}\n5\n${sha256('root').toString('base64')}\n`, own)],
  ['another label', signed({ label: 'talos.receipt/v2' })],
  ['another origin than the name of the key', signed({ origin: 'mallory.example/audit/log' })],
  ['an upper-case hash', signed({ event_hash: receipt.event_hash.toUpperCase() })],
  ['a short hash', signed({ event_hash: receipt.event_hash.slice(2) })],
  ['a number with a leading zero', signed({ place: 'node-1/3 020' })],
  ['a negative number', signed({ place: 'node-1/3 -1' })],
  ['no number', signed({ place: 'node-1/3' })],
  ['two spaces', signed({ place: 'node-1/3  20' })],
  ['a source without a stripe', signed({ place: 'node-1 20' })],
  ['an id that is no UUID version 7', signed({ event_id: '0190a5e0-7c3a-4000-8000-000000000001' })],
  ['a time without fraction', signed({ ts: '2026-03-01T12:00:00Z' })],
  ['a line more', signed({ more: 'and so on' })],
  ['a line less', header(text().split('\n').slice(0, 5).join('\n') + '\n', own)],
];
const file = {
  vkey: own.vkey,
  receipt,
  valid: valid.map(([about, value]) => ({ about, header: value })),
  invalid: invalid.map(([about, value]) => ({ about, header: value })),
};
const out = `${JSON.stringify(file, undefined, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, out);
} else if (readFileSync(target, 'utf8') !== out) {
  console.log('contracts/vectors/log/receipts.json is not what receipt-vectors.mjs writes');
  process.exitCode = 1;
}
