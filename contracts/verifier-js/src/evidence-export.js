// Evidence exports in JSON Lines, from docs/reference/evidence-export.md and log-and-bundles.md alone. The whole file is in memory: it is for vectors.
import { fromBase64, fromBase64url, fromTime, sha256, sha256Hex } from './encodings.js';
import { isSignature } from './ed25519.js';
import { canonical, JsonNumber, readJson } from './json.js';
import { keyOfMultikey } from './did-key.js';
import { Malformed, Refusal, refuseUnless } from './refusal.js';

const FOLLOWING = /^(.*)\/([0-9]{8}T[0-9]{9}Z)$/;
const NOTE = /^((?:[^\n]+\n)+)\n((?:\u2014 [^\n]+\n)+)$/;
const KEY_ID = 4;

const node = (left, right) => sha256(Buffer.concat([Buffer.of(1), left, right]));
const holds = (holding, why) => refuseUnless(holding, 'EXPORT_INVALID', why);
const ask = (map, name) => {
  holds(map instanceof Map, 'not an object');
  return map.get(name);
};
const whole = (value) => {
  holds(value instanceof JsonNumber && /^(0|[1-9][0-9]{0,15})$/.test(value.text), 'not a number');
  return Number(value.text);
};

/** A key that is trusted: `<name>+<id>+<base64 of 01 and the key>`. */
function trusted(vkey) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey.trim());
  const typed = fromBase64(encoded);
  holds(sha256(Buffer.concat([Buffer.from(`${name}\n`), typed])).subarray(0, KEY_ID).toString('hex') === id, 'not a vkey');
  return { name, id, key: typed.subarray(1) };
}

/** The text of a note that this key signed. */
function opened(note, log) {
  const parts = NOTE.exec(note);
  holds(parts !== null && log !== undefined, 'not a note, or of an unknown log');
  const own = parts[2].trimEnd().split('\n').map((line) => line.split(' ')).filter(([, name]) => name === log.name)
    .map(([, , encoded]) => fromBase64(encoded)).filter((bytes) => bytes.subarray(0, KEY_ID).toString('hex') === log.id);
  holds(own.length > 0 && own.every((bytes) => isSignature(bytes.subarray(KEY_ID), Buffer.from(parts[1]), log.key)), 'not signed');
  return parts[1];
}

function checkpoint(note, logs) {
  const origin = note.slice(0, note.indexOf('\n'));
  const lines = opened(note, logs.get(origin)).split('\n');
  holds(lines.length >= 4 && /^(0|[1-9][0-9]{0,15})$/.test(lines[1]), 'not a checkpoint');
  return { origin, size: Number(lines[1]), root: fromBase64(lines[2]) };
}

function without(event, name) {
  const rest = new Map(event);
  rest.delete(name);
  return rest;
}

/** The entry of an event at an index, from the event's own members. */
function leafOf(source, index) {
  const text = (name) => `"${name}":${canonical(source.get(name))}`;
  return `{${text('event_hash')},${text('kind')},"log_seq":${index},${text('source')},${text('source_seq')},${text('ts')},"v":1}`;
}

const leafHash = (leaf) => sha256(Buffer.concat([Buffer.of(0), Buffer.from(leaf)]));

function requireHashed(event) {
  holds(sha256Hex(Buffer.from(canonical(without(event, 'event_hash')))) === ask(event, 'event_hash'), 'an event is not as it was hashed');
}

/** What of another log an event says is lost. */
function lossOf(event, logs) {
  requireHashed(event);
  const meta = ask(event, 'meta');
  const loss = { kind: event.get('kind'), origin: meta.get('lost_origin'), from: whole(meta.get('lost_from')), to: whole(meta.get('lost_to')), event };
  holds(loss.kind === 'log.reopened' || loss.kind === 'log.loss_found', 'no loss');
  if (logs.has(loss.origin)) {
    const lost = checkpoint(meta.get('lost_checkpoint'), logs);
    holds(lost.origin === loss.origin && lost.size === loss.to && loss.from < loss.to, 'a loss of something else');
  }
  return loss;
}

function accepts(filter, event) {
  const found = {
    principal: ask(event, 'principal').get('id'),
    kind: event.get('kind'),
    surface: event.get('surface_id'),
    result: event.get('result'),
    request: event.get('request_id'),
    resource: event.get('resource')?.get('id'),
  };
  return covers(filter, event.get('ts')) && Object.entries(found).every(([name, value]) => !filter.has(name) || filter.get(name) === value);
}

const covers = (filter, ts) =>
  (!filter.has('from') || fromTime(ts) >= fromTime(filter.get('from'))) && (!filter.has('to') || fromTime(ts) < fromTime(filter.get('to')));

/** The root that the entries and the hashes beside them lead to. */
function rootOf(low, high, head, leaves, path) {
  if (high <= head.begin || low >= head.end) {
    holds(path.length > 0, 'the path is too short');
    return path.shift();
  }
  if (high - low === 1) return leaves.shift();
  let half = 1;
  while (2 * half < high - low) half *= 2;
  const left = rootOf(low, low + half, head, leaves, path);
  return node(left, rootOf(low + half, high, head, leaves, path));
}

function caller(event, base) {
  const evidence = ask(event, 'evidence');
  const bytes = fromBase64url(base);
  holds(sha256Hex(bytes) === ask(evidence, 'signature_base_sha256'), 'another signature base');
  const key = keyOfMultikey(evidence.get('key_id').split('#').pop().replace(/^did:key:/, ''));
  holds(isSignature(fromBase64url(evidence.get('signature')), bytes, key), 'the caller did not sign');
}

class Export {
  constructor(text, vkeys) {
    this.logs = new Map(vkeys.map(trusted).map((key) => [key.name, key]));
    this.lines = text.split('\n');
    refuseUnless(this.lines.pop() === '', 'EXPORT_INCOMPLETE', 'the file ends within a line');
    this.at = 0;
    this.chain = Buffer.alloc(32);
    this.parts = [];
    this.lost = [];
    this.entries = 0;
    this.events = 0;
  }

  next() {
    refuseUnless(this.at < this.lines.length, 'EXPORT_INCOMPLETE', 'the export ends too early');
    const text = this.lines[this.at++];
    return { text, json: readJson(text) };
  }

  chained(text) {
    this.chain = sha256(Buffer.concat([this.chain, Buffer.from(text)]));
  }

  verify() {
    let line = this.next();
    do {
      this.log(line);
      line = this.next();
    } while (line.json.has('schema_id'));
    this.tail(line.json);
    holds(this.at === this.lines.length, 'something follows the end');
    return { parts: this.parts, entries: this.entries, events: this.events, lost: this.lost };
  }

  log({ text, json }) {
    holds(ask(json, 'schema_id') === 'talos.evidence_export' && json.get('schema_version') === 'v1', 'not the first line of a log');
    const head = { begin: whole(json.get('begin')), end: whole(json.get('end')), filter: json.get('filter'), createdAt: json.get('created_at') };
    const under = checkpoint(json.get('checkpoint'), this.logs);
    const losses = (json.get('losses') ?? []).map((event) => lossOf(event, this.logs));
    this.follows(head, under, losses);
    this.chained(text);
    const path = json.get('path').map((hash) => Buffer.from(hash, 'hex'));
    const window = head.filter.has('from') || head.filter.has('to');
    holds(head.begin <= head.end && head.end <= under.size, 'no entries of this log');
    if (head.begin === head.end) {
      holds(head.begin === 0 && path.length === 0 && (under.size === 0 ? under.root.equals(sha256('')) : !window), 'entries are missing');
    } else {
      const entries = this.read(head, losses);
      holds(rootOf(0, under.size, head, entries.map(({ hash }) => hash), path).equals(under.root) && path.length === 0, 'not the entries of the log');
      if (window) this.edges(head, under, entries);
    }
    this.parts.push({ ...under, begin: head.begin, end: head.end, head });
    this.lost.push(...losses);
    this.entries += head.end - head.begin;
  }

  /** Every log but the first says first what is lost of the one before it. */
  follows(head, under, losses) {
    const following = FOLLOWING.exec(under.origin);
    holds((following !== null) === this.parts.length > 0, 'the first log is missing, or comes twice');
    if (following === null) return;
    const [first] = this.parts;
    const prefix = first.origin.endsWith('/audit/log') ? `${first.origin}s` : first.origin;
    holds(following[1] === prefix, 'a log of somebody else');
    holds(canonical(head.filter) === canonical(first.head.filter) && head.createdAt === first.head.createdAt, 'of another export');
    const before = this.parts.at(-1);
    const opening = losses[0];
    holds(opening?.kind === 'log.reopened', 'a log does not say what is lost');
    holds(opening.origin === before.origin ? opening.from === before.size : opening.from === 0, 'a log does not go on');
  }

  read(head, losses) {
    const { filter } = head;
    const shownByName = ['principal', 'surface', 'result', 'request', 'resource'].every((name) => !filter.has(name));
    const entries = [];
    for (let index = head.begin; index < head.end; index++) {
      const { text, json } = this.next();
      refuseUnless(!json.has('signature'), 'EXPORT_INCOMPLETE', 'the end stands before the last entry');
      const event = json.get('event');
      if (event) {
        holds(whole(json.get('log_seq')) === index && !json.has('leaf'), 'at another place');
        requireHashed(event);
        holds(accepts(filter, event), 'not asked for');
        if (json.has('signature_base')) caller(event, json.get('signature_base'));
        this.events++;
      } else {
        const leaf = json.get('leaf');
        holds(json.size === 1 && canonical(leaf) === leafOf(leaf, index), 'not an entry at its place');
        const asked = covers(filter, leaf.get('ts')) && (!filter.has('kind') || filter.get('kind') === leaf.get('kind'));
        holds(!shownByName || !asked, 'an event that was asked for is not shown');
      }
      const source = event ?? json.get('leaf');
      entries.push({ hash: leafHash(leafOf(source, index)), ts: fromTime(source.get('ts')) });
      this.chained(text);
    }
    if (head.begin === 0 && losses.length > 0) {
      holds(entries[0].hash.equals(leafHash(leafOf(losses[0].event, 0))), 'a log does not begin with what is lost');
    }
    return entries;
  }

  edges({ filter, begin, end }, under, entries) {
    const left = begin === 0 || (filter.has('from') && entries[0].ts < fromTime(filter.get('from')));
    const right = end === under.size || (filter.has('to') && entries.at(-1).ts >= fromTime(filter.get('to')));
    holds(left && right, 'the entries do not reach beyond the window');
  }

  tail(json) {
    const { origin } = this.parts.at(-1);
    const said = `talos evidence export v1\n${origin}\n${this.entries} entries\n${this.events} events\n${this.chain.toString('hex')}\n`;
    holds(typeof ask(json, 'signature') === 'string' && json.size === 4, 'not the last line');
    holds(opened(json.get('signature'), this.logs.get(origin)) === said, 'the end says something else');
    holds(
      whole(json.get('entries')) === this.entries && whole(json.get('events')) === this.events && json.get('lines') === this.chain.toString('hex'),
      'the end says something else',
    );
  }
}

/**
 * Verifies an export as a whole.
 *
 * @param vkeys one for each log that it holds
 * @throws Refusal with EXPORT_INCOMPLETE or EXPORT_INVALID
 */
export function verifyExport(text, vkeys) {
  try {
    return new Export(text, vkeys).verify();
  } catch (failure) {
    if (failure instanceof Refusal) throw failure;
    if (failure instanceof Malformed || failure instanceof TypeError) throw new Refusal('EXPORT_INVALID', failure.message);
    throw failure;
  }
}
