/** Remembers what was computed for at most `most` names, and forgets the oldest. */
export class LatestFew {
  #values = new Map();

  constructor(most) {
    this.most = most;
  }

  get(name, compute) {
    if (!this.#values.has(name)) {
      if (this.#values.size >= this.most) this.#values.delete(this.#values.keys().next().value);
      this.#values.set(name, compute());
    }
    return this.#values.get(name);
  }
}
