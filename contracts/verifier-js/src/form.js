import { JsonNumber } from './json.js';
import { require } from './refusal.js';

const INTEGER = /^(?:0|-?[1-9][0-9]{0,15})$/;

/** An object of exactly these members: `needed` all, `optional` some, no other. */
export function requireMembers(value, needed, optional = []) {
  require(value instanceof Map, 'not an object');
  for (const name of needed) require(value.has(name), `${name} is missing`);
  for (const name of value.keys()) require(needed.includes(name) || optional.includes(name), `${name} is not known here`);
}

export function text(value, longest = Infinity) {
  require(typeof value === 'string' && value.length <= longest, 'not a text, or too long');
  return value;
}

export function isInteger(value) {
  return value instanceof JsonNumber && INTEGER.test(value.text) && Number.isSafeInteger(Number(value.text));
}

export function integer(value, least, most) {
  require(isInteger(value), 'not an integer');
  const number = Number(value.text);
  require(number >= least && number <= most, 'out of range');
  return number;
}

/** An array of 1 to `most` elements, each read by `read`. */
export function some(value, most, read) {
  require(Array.isArray(value) && value.length >= 1 && value.length <= most, 'not an array, or of a wrong length');
  return value.map((element) => read(element));
}

export function optional(value, read) {
  return value === undefined ? undefined : read(value);
}
