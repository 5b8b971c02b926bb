#!/usr/bin/env node
// Runs every file of contracts/vectors/channel.
import { readdirSync, readFileSync } from 'node:fs';
import { askChannel } from '../src/channel/cases.js';

const folder = new URL('../../vectors/channel/', import.meta.url);
let [files, valid, invalid, wrong] = [0, 0, 0, 0];

for (const name of readdirSync(folder).filter((file) => file.endsWith('.json')).sort()) {
  run(name, JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}
console.log(`${files} files, ${valid + invalid} vectors (${valid} valid, ${invalid} invalid), ${wrong} disagreements`);
if (files === 0 || valid === 0 || invalid === 0 || wrong > 0) process.exitCode = 1;

function run(name, file) {
  let count = 0;
  for (const group of file.testGroups) {
    for (const test of group.tests) {
      const { expected, given, agrees } = askChannel(group, test, file.notes);
      count++;
      if (test.result === 'valid') valid++;
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
