import { fromBase64 } from './encodings.js';
import { require } from './refusal.js';

const LONGEST = 8192;
const MOST_MEMBERS = 32;
const MOST_PARAMETERS = 16;
const KEY = /[a-z*][a-z0-9_.*-]*/y;
const INTEGER = /-?[0-9]{1,15}/y;
const STRING = /"((?:[ !#-[\]-~]|\\["\\])*)"/y;
const TOKEN = /[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*/y;
const BYTES = /:([A-Za-z0-9+/=]*):/y;
const BOOLEAN = /\?([01])/y;

/** Reads a dictionary (RFC 9651 §3.2, without decimals, dates, display strings and tabs) as a Map of {items?, value?, parameters}. */
export function readDictionary(text) {
  require(text.length <= LONGEST, 'a field is too long');
  return new Reader(text.replace(/^ +| +$/g, '')).dictionary();
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  take(character) {
    const there = this.text[this.at] === character;
    if (there) this.at++;
    return there;
  }

  dictionary() {
    const members = new Map();
    while (this.at < this.text.length || members.size > 0) {
      const key = this.key(members, MOST_MEMBERS);
      members.set(key, this.take('=') ? this.member() : { value: true, parameters: this.parameters() });
      this.match(/ */y);
      if (this.at === this.text.length) break;
      require(this.take(','), 'a comma expected');
      this.match(/ */y);
    }
    return members;
  }

  key(present, most) {
    const found = this.match(KEY);
    require(found !== null, 'a name expected');
    require(!present.has(found[0]), 'a name stands twice');
    require(present.size < most, 'too many');
    return found[0];
  }

  member() {
    return this.take('(') ? { items: this.items(), parameters: this.parameters() } : this.item();
  }

  item() {
    return { value: this.bare(), parameters: this.parameters() };
  }

  items() {
    const items = [];
    for (;;) {
      this.match(/ */y);
      if (this.take(')')) return items;
      items.push(this.item());
      require(this.text[this.at] === ' ' || this.text[this.at] === ')', 'a space expected');
    }
  }

  parameters() {
    const parameters = new Map();
    while (this.take(';')) {
      this.match(/ */y);
      const key = this.key(parameters, MOST_PARAMETERS);
      parameters.set(key, this.take('=') ? this.bare() : true);
    }
    return parameters;
  }

  bare() {
    const integer = this.match(INTEGER);
    if (integer !== null) {
      require(this.text[this.at] !== '.' && !/[0-9]/.test(this.text[this.at] ?? ''), 'a decimal, or too many digits');
      return Number(integer[0]) || 0;
    }
    const string = this.match(STRING);
    if (string !== null) return string[1].replace(/\\(.)/g, '$1');
    const bytes = this.match(BYTES);
    if (bytes !== null) return fromBase64(bytes[1]);
    const boolean = this.match(BOOLEAN);
    if (boolean !== null) return boolean[1] === '1';
    const token = this.match(TOKEN);
    require(token !== null, 'a value expected');
    return { token: token[0] };
  }
}

const quoted = (text) => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** An inner list of texts with parameters that are texts and integers, in its serialized form. */
export function writeInnerList({ items, parameters }) {
  const list = items.map((item) => quoted(item.value)).join(' ');
  const tail = [...parameters].map(([name, value]) => `;${name}=${typeof value === 'string' ? quoted(value) : value}`);
  return `(${list})${tail.join('')}`;
}
