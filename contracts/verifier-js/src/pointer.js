import { require } from './refusal.js';

const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const INDEX = /^(?:0|[1-9][0-9]{0,8})$/;
const LONGEST = 256;

/** The reference tokens of an RFC 6901 pointer. */
export function readPointer(text) {
  require(typeof text === 'string' && text.length <= LONGEST && POINTER.test(text), 'not a pointer');
  return text
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a pointer finds, or undefined. */
export function find(tokens, root) {
  let value = root;
  for (const token of tokens) {
    if (value instanceof Map) value = value.get(token);
    else if (Array.isArray(value) && INDEX.test(token)) value = value[Number(token)];
    else return undefined;
    if (value === undefined) return undefined;
  }
  return value;
}
