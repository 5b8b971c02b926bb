#!/usr/bin/env node
// Writes contracts/vectors/log/exports.json, from docs/reference/evidence-export.md alone; with --check it says whether the file is what it would write. Either
// way each export is verified by src/evidence-export.js, which must answer as the file says.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { didOfKey } from '../src/did-key.js';
import { sha256, sha256Hex } from '../src/encodings.js';
import { verifyExport } from '../src/evidence-export.js';
import { canonical, readJson } from '../src/json.js';
import { Entries } from '../src/merkle.js';

const target = new URL('../../vectors/log/exports.json', import.meta.url);
const FIRST = 'talos.example.org/audit/log';
const SECOND = 'talos.example.org/audit/logs/20260302T100000000Z';
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed) => createPrivateKey({ key: Buffer.concat([PKCS8, Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' });
const publicKey = (key) => Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x, 'base64url');

function signer(name, seed) {
  const key = privateKey(seed);
  const typed = Buffer.concat([Buffer.of(1), publicKey(key)]);
  const id = sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).subarray(0, 4);
  return {
    name,
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    note: (text) => `${text}\n\u2014 ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), key)]).toString('base64')}\n`,
  };
}

const first = signer(FIRST, 7);
const second = signer(SECOND, 7);
const mallory = signer(FIRST, 66);

const canonicalText = (value) => canonical(readJson(JSON.stringify(value)));

function event(number, ts, changes = {}) {
  const bare = {
    schema_id: 'talos.audit_event',
    schema_version: 'v2',
    event_id: `0190a5e0-7c3a-7000-8000-${String(number).padStart(12, '0')}`,
    ts,
    phase: 'act',
    kind: 'session.opened',
    result: 'success',
    source: 'node-1/0',
    source_seq: number,
    principal: { kind: 'agent', auth_mode: 'signed', id: number % 2 ? 'did:example:bob' : 'did:example:alice' },
    meta: {},
    commitments: {},
    ...changes,
  };
  return { ...bare, event_hash: sha256Hex(canonicalText(bare)) };
}

const leaf = (of, index) => ({
  event_hash: of.event_hash,
  kind: of.kind,
  log_seq: index,
  source: of.source,
  source_seq: of.source_seq,
  ts: of.ts,
  v: 1,
});

const tree = (events) => new Entries(events.map((one, index) => Buffer.from(canonicalText(leaf(one, index)))));
const root = (events) => tree(events).head(0, events.length);
const checkpoint = (log, events) => log.note(`${log.name}\n${events.length}\n${root(events).toString('base64')}\n`);

/** The hashes left and right of the entries. */
function path(entries, head, low, high) {
  if (high <= head.begin || low >= head.end) return [entries.head(low, high).toString('hex')];
  if (high - low === 1 || (head.begin <= low && high <= head.end)) return [];
  let half = 1;
  while (2 * half < high - low) half *= 2;
  return [...path(entries, head, low, low + half), ...path(entries, head, low + half, high)];
}

/** What the caller of an admission signed. */
const BASE = '"@method": POST';
const shownBase = (one) => (one.evidence ? { signature_base: Buffer.from(BASE).toString('base64url') } : {});

/** The admission of a request that an agent signed with this key. */
function admission(number, seed) {
  const alice = didOfKey(publicKey(privateKey(3)));
  return event(number, DAY_1, {
    phase: 'admission',
    kind: 'request.admitted',
    principal: { kind: 'agent', auth_mode: 'signed', id: alice },
    evidence: {
      mode: 'signed',
      key_id: `${alice}#${alice.slice('did:key:'.length)}`,
      signature: sign(null, Buffer.from(BASE), privateKey(seed)).toString('base64url'),
      signature_base_sha256: sha256Hex(BASE),
    },
  });
}

/** The lines of one log. */
function part(log, events, filter, begin, end, shows, losses = []) {
  const head = { begin, end };
  const line = {
    schema_id: 'talos.evidence_export',
    schema_version: 'v1',
    created_at: '2026-03-03T00:00:00.000Z',
    filter,
    begin,
    end,
    checkpoint: checkpoint(log, events),
    path: begin === end ? [] : path(tree(events), head, 0, events.length),
    ...(losses.length > 0 ? { losses } : {}),
  };
  const entries = events.slice(begin, end).map((one, i) => (shows(one) ? { log_seq: begin + i, event: one, ...shownBase(one) } : { leaf: leaf(one, begin + i) }));
  return [line, ...entries];
}

/** An export of these lines, with its end. */
function whole(log, parts, changes = {}) {
  const lines = parts.flat();
  const texts = lines.map((line) => JSON.stringify(line));
  const chain = texts.reduce((hash, text) => sha256(Buffer.concat([hash, Buffer.from(text)])), Buffer.alloc(32)).toString('hex');
  const entries = lines.filter((line) => !line.schema_id).length;
  const events = lines.filter((line) => line.event).length;
  const signature = log.note(`talos evidence export v1\n${log.name}\n${entries} entries\n${events} events\n${chain}\n`);
  return [...texts, JSON.stringify({ entries, events, lines: chain, signature, ...changes })].map((text) => `${text}\n`).join('');
}

const DAY_1 = '2026-03-01T12:00:00.000Z';
const DAY_2 = '2026-03-02T12:00:00.000Z';
const window = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' };
const gap = { from: '2026-03-01T13:00:00.000Z', to: '2026-03-02T00:00:00.000Z' };
const all = { to: '2026-03-03T00:00:00.000Z' };
const within = (filter) => (one) => (!filter.from || one.ts >= filter.from) && one.ts < filter.to;

const published = [0, 1, 2, 3, 4].map((number) => event(number, DAY_1));
const left = published.slice(0, 3);
const opening = event(3, DAY_2, {
  kind: 'log.reopened',
  principal: { kind: 'system', auth_mode: 'internal' },
  resource: { type: 'log', id: SECOND },
  meta: { lost_origin: FIRST, lost_checkpoint: checkpoint(first, published), lost_from: 3, lost_to: 5 },
});
const after = [opening, event(4, DAY_2), event(5, DAY_2)];
const grown = [...published, event(5, DAY_2), event(6, DAY_2)];

const both = whole(second, [part(first, left, all, 0, 3, within(all)), part(second, after, all, 0, 3, within(all), [opening])]);
const one = whole(first, [part(first, grown, window, 0, 6, within(window))]);
const empty = whole(first, [part(first, grown, gap, 4, 6, within(gap))]);
const trace = { resource: 'nothing' };
const lines = (text) => text.split('\n').slice(0, -1);
const text = (list) => list.map((line) => `${line}\n`).join('');
const changed = (from, at, change) => text(lines(from).map((line, i) => (i === at ? change(line) : line)));

const valid = [
  ['a window in one log', one],
  ['a window in which nothing lies, shown by its neighbours', empty],
  ['a window before the first entry', whole(first, [part(first, grown, { to: DAY_1 }, 0, 1, () => false)])],
  ['a window behind the last entry', whole(first, [part(first, grown, { from: '2026-03-04T00:00:00.000Z' }, 6, 7, () => false)])],
  ['an admission with what its caller signed', whole(first, [part(first, [admission(0, 3)], all, 0, 1, within(all))])],
  ['an empty log', whole(first, [part(first, [], window, 0, 0, () => true)])],
  ['a resource of which the log has nothing', whole(first, [part(first, grown, trace, 0, 0, () => true)])],
  ['events of one agent, the others as envelopes', whole(first, [part(first, grown, { ...window, principal: 'did:example:bob' }, 0, 6, (e) => e.source_seq % 2 && within(window)(e))])],
  ['a stopped log and the one that followed', both],
  ['the neighbours in the log that followed', whole(second, [part(first, left, window, 0, 3, within(window)), part(second, after, window, 0, 1, within(window), [opening])])],
];
const cut = lines(both);
const invalid = [
  ['without its end', 'EXPORT_INCOMPLETE', text(lines(one).slice(0, -1))],
  ['cut within a line', 'EXPORT_INCOMPLETE', one.slice(0, -7)],
  ['an entry left out', 'EXPORT_INVALID', text(lines(one).filter((_, i) => i !== 3))],
  ['an event that was changed', 'EXPORT_INVALID', changed(one, 2, (line) => line.replace('success', 'failure'))],
  ['two entries exchanged', 'EXPORT_INVALID', text(lines(one).map((line, i, list) => list[i === 1 ? 2 : i === 2 ? 1 : i]))],
  ['something after the end', 'EXPORT_INVALID', `${one}{}\n`],
  ['an end that counts otherwise', 'EXPORT_INVALID', whole(first, [part(first, grown, window, 0, 6, within(window))], { events: 4 })],
  ['an end that somebody else signed', 'EXPORT_INVALID', whole(mallory, [part(first, grown, window, 0, 6, within(window))])],
  ['a checkpoint that somebody else signed', 'EXPORT_INVALID', whole(first, [part(mallory, grown, window, 0, 6, within(window))])],
  ['an event of the window as an envelope', 'EXPORT_INVALID', whole(first, [part(first, grown, window, 0, 6, (e) => within(window)(e) && e.source_seq !== 2)])],
  ['an event that was not asked for', 'EXPORT_INVALID', whole(first, [part(first, grown, window, 0, 6, () => true)])],
  ['entries that do not reach beyond the window', 'EXPORT_INVALID', whole(first, [part(first, grown, window, 0, 5, within(window))])],
  ['a window without the neighbours around it', 'EXPORT_INVALID', whole(first, [part(first, grown, gap, 0, 0, within(gap))])],
  ['neighbours on one side of the window only', 'EXPORT_INVALID', whole(first, [part(first, grown, gap, 3, 5, within(gap))])],
  ['an admission that its caller did not sign', 'EXPORT_INVALID', whole(first, [part(first, [admission(0, 4)], all, 0, 1, within(all))])],
  ['the first log only', 'EXPORT_INCOMPLETE', text(cut.slice(0, 4))],
  ['the log that followed only', 'EXPORT_INVALID', whole(second, [part(second, after, all, 0, 3, within(all), [opening])])],
  ['the logs exchanged', 'EXPORT_INVALID', text([...cut.slice(4, 8), ...cut.slice(0, 4), cut[8]])],
  ['a log that followed and does not say what is lost', 'EXPORT_INVALID', whole(second, [part(first, left, all, 0, 3, within(all)), part(second, after, all, 0, 3, within(all))])],
  ['more left than the loss says', 'EXPORT_INVALID', whole(second, [part(first, published.slice(0, 4), all, 0, 4, within(all)), part(second, after, all, 0, 3, within(all), [opening])])],
  ['a log that begins with something else', 'EXPORT_INVALID', whole(second, [part(first, left, all, 0, 3, within(all)), part(second, after.slice(1), all, 0, 2, within(all), [opening])])],
  ['two logs with different windows', 'EXPORT_INVALID', whole(second, [part(first, left, window, 0, 3, within(window)), part(second, after, all, 0, 3, within(all), [opening])])],
  ['signed by the log that was stopped', 'EXPORT_INVALID', whole(first, [part(first, left, all, 0, 3, within(all)), part(second, after, all, 0, 3, within(all), [opening])])],
];

const file = {
  vkeys: [first.vkey, second.vkey],
  valid: valid.map(([about, export_]) => ({ about, lines: lines(export_) })),
  invalid: invalid.map(([about, code, export_]) => ({ about, code, text: export_ })),
};
const answer = (export_) => {
  try {
    verifyExport(export_, file.vkeys);
    return 'valid';
  } catch (refused) {
    return refused.code ?? refused.stack;
  }
};
for (const [about, wanted, export_] of [...valid.map(([about, export_]) => [about, 'valid', export_]), ...invalid]) {
  const given = answer(export_);
  if (given !== wanted) {
    console.log(`${about}: ${given}, not ${wanted}`);
    process.exitCode = 1;
  }
}

const out = `${JSON.stringify(file, undefined, 2)}\n`;
if (!process.argv.includes('--check')) {
  writeFileSync(target, out);
} else if (readFileSync(target, 'utf8') !== out) {
  console.log('contracts/vectors/log/exports.json is not what export-vectors.mjs writes');
  process.exitCode = 1;
}
