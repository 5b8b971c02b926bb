#!/usr/bin/env node
// Compares this verifier with what MutatedCapabilityTest wrote: agree.mjs <file> [how many mutations it must hold at least]
import { askMutation } from '../src/cases.js';
import { linesOf } from '../src/lines.js';

const EXAMPLES = 5;
const [file, wanted] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: agree.mjs <file of mutations> [how many it must hold at least]');
  process.exit(2);
}

const counts = new Map();
let group;
let [total, wrong] = [0, 0];
for await (const line of linesOf(file)) {
  if (group === undefined) group = JSON.parse(line);
  else compare(JSON.parse(line));
}

for (const [answer, count] of [...counts].sort()) console.log(`${answer}: ${count}`);
console.log(`${total} mutations, ${wrong} disagreements`);
if (total === 0 || wrong > 0) process.exitCode = 1;
if (wanted !== undefined && !(total >= Number(wanted))) {
  console.log(`the file should hold at least ${wanted}`);
  process.exitCode = 1;
}

function compare(test) {
  if (test.n !== total) throw new Error(`mutation ${total} is missing`);
  total++;
  const { expected, given, agrees } = askMutation(group, test);
  const answer = expected.code ?? 'valid';
  counts.set(answer, (counts.get(answer) ?? 0) + 1);
  if (agrees) return;
  wrong++;
  if (wrong <= EXAMPLES) {
    console.log(`mutation ${test.n}: ${JSON.stringify(given)}, but the file says ${JSON.stringify(expected)}\n${JSON.stringify(test)}`);
  }
}
