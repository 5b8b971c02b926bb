#!/usr/bin/env node
// ask.mjs FILE ACCEPT REJECT: asks @sigstore/verify every question of FILE; how many must be accepted and rejected at least.
// It knows signed checkpoints and inclusion; questions about consistency are not put to it.
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const library = dirname(require.resolve('@sigstore/verify'));
const { verifyCheckpoint } = require(join(library, 'tlog', 'checkpoint.js'));
const { verifyMerkleInclusion } = require(join(library, 'tlog', 'merkle.js'));

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const [file, accept, reject] = process.argv.slice(2);
let [accepted, rejected, wrong] = [0, 0, 0];

for (const line of readFileSync(file, 'utf8').split('\n').filter((text) => text !== '')) {
  const question = JSON.parse(line);
  if (question.about === 'consistency') continue;
  const why = judge(question);
  if ((why === undefined) !== question.accept) {
    wrong++;
    console.log(`question ${question.n} (${question.what}): ${why}`);
  } else if (question.accept) accepted++;
  else rejected++;
}
console.log(`@sigstore/verify: ${accepted} accepted, ${rejected} rejected, ${wrong} disagreements`);
if (wrong > 0 || !(accepted >= Number(accept)) || !(rejected >= Number(reject))) process.exitCode = 1;

/** Why the library refuses; nothing when it does not. */
function judge(question) {
  try {
    const entry = parse(question);
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log(question.vkey)]));
    return undefined;
  } catch (refusal) {
    return refusal.message;
  }
}

/** A tlog-proof file in the shape of the library. */
function parse({ proof, entry }) {
  const end = proof.indexOf('\n\n');
  const lines = proof.slice(0, end).split('\n').filter((line) => !line.startsWith('extra '));
  return {
    canonicalizedBody: Buffer.from(entry, 'base64'),
    inclusionProof: {
      logIndex: lines[1].slice('index '.length),
      hashes: lines.slice(2).map((line) => Buffer.from(line, 'base64')),
      checkpoint: { envelope: proof.slice(end + 2) },
    },
  };
}

/** A vkey in the shape of the library: it finds the key by name and by the first bytes of an id. */
function log(vkey) {
  const [, name, key] = /^([^+]+)\+[0-9a-f]{8}\+(.+)$/.exec(vkey);
  const typed = Buffer.from(key, 'base64');
  return {
    baseURL: name,
    logID: createHash('sha256').update(`${name}\n`).update(typed).digest(),
    publicKey: createPublicKey({ key: Buffer.concat([SPKI_ED25519, typed.subarray(1)]), format: 'der', type: 'spki' }),
  };
}
