import { formed, require } from '../refusal.js';
import { SKIPPED_MAX } from './ratchet.js';
import { PQXDH, X3DH } from './suites.js';

const MAGIC = Buffer.from('TALOSRS');
const VERSION = 2;
const NUMBERS = { [X3DH]: 2, [PQXDH]: 3 };

const four = (number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
};

const eight = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(number);
  return bytes;
};

const option = (bytes) => (bytes === undefined ? Buffer.of(0) : Buffer.concat([Buffer.of(1), bytes]));

/** The bytes of a state. */
export function writeState(state) {
  return Buffer.concat([
    MAGIC, Buffer.of(VERSION, NUMBERS[state.suite]), state.context, state.rootKey, state.ownPrivate, state.theirKey,
    option(state.sending), option(state.receiving), four(state.sent), four(state.received), four(state.previousSent), eight(state.opened),
    four(state.skipped.length),
    ...state.skipped.flatMap((kept) => [kept.ratchetKey, four(kept.number), eight(kept.keptAt), kept.messageKey]),
  ]);
}

/** The state of bytes, which are the only ones for it. */
export function readState(bytes) {
  return formed('ENCODING_INVALID', () => {
    const state = new Reader(bytes).state();
    requireWhole(state);
    return state;
  });
}

function requireWhole({ sending, receiving, skipped }) {
  require(sending !== undefined || receiving !== undefined, 'no chain at all');
  require(skipped.every((kept, i) => i === 0 || skipped[i - 1].keptAt <= kept.keptAt), 'skipped keys are not in their order');
  const names = new Set(skipped.map((kept) => `${kept.ratchetKey.toString('hex')} ${kept.number}`));
  require(names.size === skipped.length, 'a skipped key stands twice');
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  state() {
    require(this.take(MAGIC.length).equals(MAGIC) && this.take(1)[0] === VERSION, 'not a state of version 2');
    const number = this.take(1)[0];
    const suite = Object.keys(NUMBERS).find((name) => NUMBERS[name] === number);
    require(suite !== undefined, 'an unknown suite');
    const state = {
      suite,
      context: this.take(32),
      rootKey: this.take(32),
      ownPrivate: this.take(32),
      theirKey: this.take(32),
      sending: this.option(),
      receiving: this.option(),
      sent: this.four(),
      received: this.four(),
      previousSent: this.four(),
      opened: this.eight(),
      skipped: this.skipped(),
    };
    require(this.at === this.bytes.length, 'something follows the state');
    return state;
  }

  take(size) {
    require(this.at + size <= this.bytes.length, 'too short');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  option() {
    const [flag] = this.take(1);
    require(flag <= 1, 'neither there nor not');
    return flag === 1 ? this.take(32) : undefined;
  }

  four() {
    const number = this.take(4).readInt32BE();
    require(number >= 0, 'a negative counter');
    return number;
  }

  eight() {
    const number = this.take(8).readBigInt64BE();
    require(number >= 0n, 'a negative counter');
    return number;
  }

  skipped() {
    const count = this.four();
    require(count <= SKIPPED_MAX, 'too many skipped keys');
    return Array.from({ length: count }, () => ({
      ratchetKey: this.take(32),
      number: this.four(),
      keptAt: this.eight(),
      messageKey: this.take(32),
    }));
  }
}
