#!/usr/bin/env node
// Verifies one capability; see `usage` below. Prints one JSON object; the exit code is 0 where it is valid, 1 where it is refused.
import { parseArgs } from 'node:util';
import { answerOf, checkArguments, verifyCapability } from '../src/capability.js';
import { fromTime } from '../src/encodings.js';
import { readJson } from '../src/json.js';
import { Malformed, Refusal } from '../src/refusal.js';

const usage = `usage: verify.mjs --capability HEADER --audience NAME --issuer DID --presenter DID --need NEED
                  [--now 2026-03-01T12:00:00.000Z] [--source ADDRESS] [--arguments JSON] [--issuer-key DID=MULTIKEY]

NEED is call:TOOL/METHOD, whole:TOOL, any:TOOL or inspection. --issuer and --issuer-key may stand several times.
Without --now it is now. Constraints are asked only with --arguments. Revocation, counts and costs are not asked.`;

const options = {
  capability: { type: 'string' },
  audience: { type: 'string' },
  issuer: { type: 'string', multiple: true },
  presenter: { type: 'string' },
  need: { type: 'string' },
  now: { type: 'string' },
  source: { type: 'string' },
  arguments: { type: 'string' },
  'issuer-key': { type: 'string', multiple: true, default: [] },
};

const asked = readCommand();
try {
  const verified = verifyCapability(asked.capability, asked);
  if (asked.args !== undefined) checkArguments(verified, asked.args);
  console.log(JSON.stringify({ result: 'valid', ...answerOf(verified) }));
} catch (refused) {
  if (!(refused instanceof Refusal)) throw refused;
  console.log(JSON.stringify({ result: 'invalid', code: refused.code, why: refused.message }));
  process.exitCode = 1;
}

function readCommand() {
  try {
    const { values } = parseArgs({ options });
    for (const name of ['capability', 'audience', 'issuer', 'presenter', 'need']) {
      if (values[name] === undefined) throw new Malformed(`--${name} is missing`);
    }
    return {
      ...values,
      trusted: values.issuer,
      need: readNeed(values.need),
      now: values.now === undefined ? Date.now() : fromTime(values.now),
      issuerKeys: readIssuerKeys(values['issuer-key']),
      args: values.arguments === undefined ? undefined : readArguments(values.arguments),
    };
  } catch (refused) {
    if (!(refused instanceof Malformed) && !String(refused.code).startsWith('ERR_PARSE_ARGS')) throw refused;
    console.error(`${refused.message}\n\n${usage}`);
    process.exit(2);
  }
}

function readNeed(text) {
  const [, kind, tool, method] = /^(call|whole|any|inspection)(?::([^/]*)(?:\/(.*))?)?$/s.exec(text) ?? [];
  const whole = { call: tool !== undefined && method !== undefined, inspection: tool === undefined };
  if (kind === undefined || !(whole[kind] ?? (tool !== undefined && method === undefined))) throw new Malformed(`not a need: ${text}`);
  return { kind, tool, method };
}

function readArguments(text) {
  const args = readJson(text);
  if (!(args instanceof Map)) throw new Malformed('arguments are a JSON object');
  return args;
}

function readIssuerKeys(pairs) {
  const keys = {};
  for (const pair of pairs) {
    const [did, multikey] = pair.split('=');
    (keys[did] ??= []).push(multikey);
  }
  return keys;
}
