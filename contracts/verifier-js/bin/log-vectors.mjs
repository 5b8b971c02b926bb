#!/usr/bin/env node
// Writes contracts/vectors/log/merkle.json; with --check it only says whether the file is what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { sha256Hex } from '../src/encodings.js';
import { Entries } from '../src/merkle.js';

const SIZE_MAX = 300;
const TILE = 256;
const LARGE = TILE * TILE + TILE + 1;
const target = new URL('../../vectors/log/merkle.json', import.meta.url);

const hex = (hashes) => hashes.map((hash) => hash.toString('hex'));
const entries = (count) => new Entries(Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`)));
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

/** SHA-256 over proofs one after the other, each with the number of its hashes before it as one byte. */
const digest = (proofs) => sha256Hex(Buffer.concat(proofs.flatMap((proof) => [Buffer.of(proof.length), ...proof])));

const small = entries(SIZE_MAX);
const sizes = range(0, SIZE_MAX + 1).map((size) => ({
  size,
  root: small.head(0, size).toString('hex'),
  inclusion: digest(range(0, size).map((index) => small.path(index, 0, size))),
  consistency: digest(range(1, size + 1).map((from) => small.proof(from, size))),
}));

const large = entries(LARGE);
const level = (width, count) => range(0, count).map((index) => large.head(index * width, (index + 1) * width));
const file = {
  rfc9162: example(),
  sizes,
  large: {
    size: LARGE,
    root: large.head(0, LARGE).toString('hex'),
    levels: [level(1, LARGE), level(TILE, TILE + 1), level(TILE * TILE, 1)].map((hashes) => ({
      hashes: hashes.length,
      digest: sha256Hex(Buffer.concat(hashes)),
    })),
    inclusion: [0, 1, 255, 256, 32767, 32768, 65535, 65536, 65791, 65792].map((index) => ({ index, path: hex(large.path(index, 0, LARGE)) })),
    consistency: [1, 2, 255, 256, 257, 32768, 65535, 65536, 65537, 65792].map((from) => ({ from, path: hex(large.proof(from, LARGE)) })),
  },
};

/** §2.1.5, the tree of seven: its nodes by the letters of the drawing, and the proofs that the text spells out with them. */
function example() {
  const seven = new Entries(range(0, 7).map((i) => Buffer.from(`d${i}`)));
  const nodes = Object.fromEntries(
    Object.entries({ a: [0, 1], b: [1, 2], c: [2, 3], d: [3, 4], e: [4, 5], f: [5, 6], g: [0, 2], h: [2, 4], i: [4, 6], j: [6, 7], k: [0, 4], l: [4, 7], root: [0, 7] })
      .map(([name, [from, to]]) => [name, seven.head(from, to).toString('hex')]),
  );
  return {
    nodes,
    inclusion: { 0: 'b h l', 3: 'c g l', 4: 'f j k', 6: 'i k' },
    consistency: { 3: 'c d g l', 4: 'l', 6: 'i j k' },
  };
}

const rows = (list) => `[\n${list.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;
const text = `{\n  "rfc9162": ${JSON.stringify(file.rfc9162)},\n  "sizes": ${rows(file.sizes)},\n  "large": ${JSON.stringify(file.large)}\n}\n`;

if (process.argv[2] !== '--check') {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.log('contracts/vectors/log/merkle.json is not what log-vectors.mjs writes');
  process.exitCode = 1;
}
