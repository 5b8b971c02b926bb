/** What was read is refused, with a code of the registry. Everything else that is thrown is a defect of this verifier. */
export class Refusal extends Error {
  constructor(code, why) {
    super(`${code}: ${why}`);
    this.code = code;
  }
}

/** Something does not have the form it must have; whoever reads knows which code that is. */
export class Malformed extends Error {}

export function require(holds, why) {
  if (!holds) throw new Malformed(why);
}

export function refuseUnless(holding, code, why) {
  if (!holding) throw new Refusal(code, why);
}

/** What `read` gives; what it finds malformed is refused with this code. */
export function formed(code, read) {
  try {
    return read();
  } catch (refused) {
    if (refused instanceof Malformed) throw new Refusal(code, refused.message);
    throw refused;
  }
}
