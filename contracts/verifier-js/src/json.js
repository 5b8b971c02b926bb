import { require } from './refusal.js';

const DEEPEST = 128;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A number as it was written, because a double cannot hold every one. */
export class JsonNumber {
  constructor(text) {
    this.text = text;
  }
}

/** Reads one JSON text. Objects become Maps, numbers JsonNumbers; a name that stands twice and a lone surrogate are refused. */
export function readJson(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  require(reader.at === text.length, 'something follows the value');
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  space() {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  next() {
    this.space();
    return this.text[this.at];
  }

  take(expected) {
    require(this.next() === expected, `${expected} expected at ${this.at}`);
    this.at++;
  }

  value(depth) {
    require(depth <= DEEPEST, 'too deep');
    switch (this.next()) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  word(word, value) {
    require(this.text.startsWith(word, this.at), `no value at ${this.at}`);
    this.at += word.length;
    return value;
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    require(found !== null, `no value at ${this.at}`);
    this.at += found[0].length;
    return new JsonNumber(found[0]);
  }

  object(depth) {
    const members = new Map();
    this.take('{');
    if (this.next() !== '}') {
      for (;;) {
        require(this.next() === '"', 'a name expected');
        const name = this.string();
        require(!members.has(name), 'a name stands twice');
        this.take(':');
        members.set(name, this.value(depth + 1));
        if (this.next() !== ',') break;
        this.at++;
      }
    }
    this.take('}');
    return members;
  }

  array(depth) {
    const elements = [];
    this.take('[');
    if (this.next() !== ']') {
      for (;;) {
        elements.push(this.value(depth + 1));
        if (this.next() !== ',') break;
        this.at++;
      }
    }
    this.take(']');
    return elements;
  }

  string() {
    let value = '';
    this.at++;
    for (;;) {
      const start = this.at;
      while (this.at < this.text.length && !this.#special(this.text.charCodeAt(this.at))) this.at++;
      value += this.text.slice(start, this.at);
      const stop = this.text[this.at++];
      if (stop === '"') break;
      require(stop === '\\', 'a text does not end, or holds a control character');
      value += this.#escape();
    }
    require(!LONE_SURROGATE.test(value), 'a lone surrogate');
    return value;
  }

  #special(unit) {
    return unit < 0x20 || unit === 0x22 || unit === 0x5c;
  }

  #escape() {
    const kind = this.text[this.at++];
    if (kind !== 'u') {
      require(kind !== undefined && Object.hasOwn(ESCAPES, kind), 'an unknown escape');
      return ESCAPES[kind];
    }
    const digits = this.text.slice(this.at, this.at + 4);
    require(/^[0-9a-fA-F]{4}$/.test(digits), 'an escape without four digits');
    this.at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }
}

/** The canonical text (RFC 8785) of what readJson gave. */
export function canonical(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof JsonNumber) return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value instanceof Map) {
    const members = [...value].sort(([a], [b]) => (a < b ? -1 : 1)); // JavaScript compares texts by code units
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
  }
  return String(value);
}

function canonicalNumber(number) {
  const nearest = Number(number.text);
  require(Number.isFinite(nearest), 'a number beyond all doubles');
  return String(nearest === 0 ? 0 : nearest);
}
