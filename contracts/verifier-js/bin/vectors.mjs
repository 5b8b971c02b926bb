#!/usr/bin/env node
// Runs every file of contracts/vectors/capability and contracts/vectors/signature.
import { readdirSync, readFileSync } from 'node:fs';
import { ask } from '../src/cases.js';

const vectors = new URL('../../vectors/', import.meta.url);
let [files, valid, invalid, wrong] = [0, 0, 0, 0];

for (const area of ['capability/', 'signature/']) {
  for (const name of readdirSync(new URL(area, vectors)).filter((file) => file.endsWith('.json')).sort()) {
    run(area + name, JSON.parse(readFileSync(new URL(area + name, vectors), 'utf8')));
  }
}
console.log(`${files} files, ${valid + invalid} vectors (${valid} valid, ${invalid} invalid), ${wrong} disagreements`);
if (files === 0 || valid === 0 || invalid === 0 || wrong > 0) process.exitCode = 1;

function run(name, file) {
  let count = 0;
  for (const group of file.testGroups) {
    for (const test of group.tests) {
      const { expected, given, agrees } = ask(group, test);
      count++;
      if (expected.result === 'valid') valid++;
      else invalid++;
      if (agrees) continue;
      wrong++;
      console.log(`${name} ${test.tcId} (${test.comment}): ${JSON.stringify(given)}, but the file says ${JSON.stringify(expected)}`);
    }
  }
  if (count !== file.numberOfTests || count === 0) throw new Error(`${name} holds ${count} tests, not ${file.numberOfTests}`);
  console.log(`${name}: ${count} vectors`);
  files++;
}
