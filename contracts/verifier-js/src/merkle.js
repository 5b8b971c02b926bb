// The Merkle tree of RFC 9162 §2.1, from its definitions: lists are cut in two until one entry is left. Slow and plain.
import { sha256 } from './encodings.js';

const join = Buffer.concat;
const leafHash = (entry) => sha256(join([Buffer.of(0), entry]));
const nodeHash = (left, right) => sha256(join([Buffer.of(1), left, right]));

/** §2.1.1: the largest power of two smaller than `n`. */
function splitPoint(n) {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/** A list of entries, D in the RFC; `from` and `to` name D[from:to]. Hashes that were asked for are remembered. */
export class Entries {
  #entries;
  #heads = new Map();

  constructor(entries) {
    this.#entries = entries;
  }

  /** §2.1.1: MTH(D[from:to]). */
  head(from, to) {
    const name = `${from}:${to}`;
    let head = this.#heads.get(name);
    if (head === undefined) {
      head = this.#compute(from, to);
      this.#heads.set(name, head);
    }
    return head;
  }

  #compute(from, to) {
    const n = to - from;
    if (n === 0) return sha256(Buffer.alloc(0));
    if (n === 1) return leafHash(this.#entries[from]);
    const k = splitPoint(n);
    return nodeHash(this.head(from, from + k), this.head(from + k, to));
  }

  /** §2.1.3.1: PATH(m, D[from:to]). */
  path(m, from, to) {
    const n = to - from;
    if (n === 1) return [];
    const k = splitPoint(n);
    return m < k
      ? [...this.path(m, from, from + k), this.head(from + k, to)]
      : [...this.path(m - k, from + k, to), this.head(from, from + k)];
  }

  /** §2.1.4.1: PROOF(m, D[0:n]). */
  proof(m, n) {
    return this.#subproof(m, 0, n, true);
  }

  #subproof(m, from, to, known) {
    const n = to - from;
    if (m === n) return known ? [] : [this.head(from, to)];
    const k = splitPoint(n);
    return m <= k
      ? [...this.#subproof(m, from, from + k, known), this.head(from + k, to)]
      : [...this.#subproof(m - k, from + k, to, false), this.head(from, from + k)];
  }
}
