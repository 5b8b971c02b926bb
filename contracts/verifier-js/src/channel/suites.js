import { some, text } from '../form.js';
import { require } from '../refusal.js';

export const X3DH = 'talos-x3dh-2';
export const PQXDH = 'talos-pqxdh-2';

/** The suites of this verifier, the best first. */
export const SUITES = [PQXDH, X3DH];

const NAME = /^[a-z0-9-]{1,64}$/;
const MOST = 8;

/** A list of 1 to 8 different names, known or not. */
export function readSuites(value) {
  const suites = some(value, MOST, text);
  for (const suite of suites) require(NAME.test(suite), 'not the name of a suite');
  require(new Set(suites).size === suites.length, 'a suite stands twice');
  return suites;
}

/** The suite of two lists, or undefined. */
export const choose = (ours, theirs) => SUITES.find((suite) => ours.includes(suite) && theirs.includes(suite));
