import { createReadStream } from 'node:fs';

/** The lines of a file, one after the other. Only a line feed ends a line: node's readline also stops at U+2028, which may stand in JSON. */
export async function* linesOf(file) {
  let rest = '';
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}
