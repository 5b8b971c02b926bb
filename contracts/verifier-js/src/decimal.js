import { JsonNumber } from './json.js';

const PARTS = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

/** The exact value of a number's text: a sign and 0.digits times ten to the power of `magnitude`. There is one for each value. */
function exact(number) {
  const [, minus, whole, fraction = '', exponent = '0'] = PARTS.exec(number.text);
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '');
  if (digits === '') return { sign: 0, digits: '', magnitude: 0n };
  const magnitude = BigInt(exponent) + BigInt(whole.length - (all.length - digits.length));
  return { sign: minus ? -1 : 1, digits: digits.replace(/0+$/, ''), magnitude };
}

/** Less than zero, zero or more, as the exact value of `a` is less than, equal to or more than that of `b`. */
export function compareNumbers(a, b) {
  const x = exact(a);
  const y = exact(b);
  if (x.sign !== y.sign) return x.sign - y.sign;
  if (x.magnitude !== y.magnitude) return x.magnitude < y.magnitude ? -x.sign : x.sign;
  if (x.digits === y.digits) return 0;
  return x.digits < y.digits ? -x.sign : x.sign;
}

/** Whether a double holds the number well enough that ECMAScript writes its exact value again. */
export function survivesDouble(number) {
  const nearest = Number(number.text);
  return Number.isFinite(nearest) && compareNumbers(number, new JsonNumber(String(nearest))) === 0;
}
