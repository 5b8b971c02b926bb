const PLAIN = /^[ !#$&'()+,\-./0-9:=@A-Z[\]^_a-z{}~]+$/;
const LONGEST = 4096;

/** Segments of plain segments as {rooted, segments}, or undefined; `*` is plain where `stars` says so. */
export function readSegments(text, stars = false) {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  if (!PLAIN.test(stars ? text.replaceAll('*', 'x') : text)) return undefined;
  const rooted = text.startsWith('/');
  const segments = (rooted ? text.slice(1) : text).split('/');
  return segments.some((segment) => segment === '' || /[. ]$/.test(segment)) ? undefined : { rooted, segments };
}

export function isPlainPath(text) {
  return text === '/' || readSegments(text)?.rooted === true;
}

export function liesAtOrBelow(path, prefix) {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

/** Pattern as {rooted, segments}, or undefined. */
export function readPattern(text) {
  const pattern = readSegments(text, true);
  if (pattern === undefined) return undefined;
  const doubles = pattern.segments.filter((segment) => segment.includes('**'));
  return doubles.length > 1 || doubles.some((segment) => segment !== '**') ? undefined : pattern;
}

/** Whether a pattern matches plain segments, or the text of another pattern, whose `*` only a `*` can stand for. */
export function matches(pattern, value) {
  if (pattern.rooted !== value.rooted) return false;
  const wide = pattern.segments;
  const narrow = value.segments;
  const gap = wide.indexOf('**');
  if (gap < 0) return wide.length === narrow.length && wide.every((segment, index) => matchesSegment(segment, narrow[index]));
  const behind = wide.length - gap - 1;
  return (
    narrow.length >= wide.length &&
    wide.slice(0, gap).every((segment, index) => matchesSegment(segment, narrow[index])) &&
    wide.slice(gap + 1).every((segment, index) => matchesSegment(segment, narrow[narrow.length - behind + index]))
  );
}

function matchesSegment(pattern, text) {
  if (text === '**') return false;
  const runs = pattern.split('*');
  if (runs.length === 1) return pattern === text;
  const [first, last] = [runs[0], runs[runs.length - 1]];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const run of runs.slice(1, -1)) {
    const found = text.indexOf(run, at);
    if (found < 0 || found + run.length > text.length - last.length) return false;
    at = found + run.length;
  }
  return true;
}
