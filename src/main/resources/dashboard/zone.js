const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const formats = new Map();

/**
 * Start of the window that holds `at`, as the node cuts time: up to an hour along the zone's offset, cut where that
 * changes; longer ones at fixed local times, the first of two that are the same, the change where one is left out.
 */
export function startOf(at, { sizeMs, zone }) {
  return sizeMs <= HOUR ? shortStart(at, sizeMs, zone) : longStart(at, sizeMs, zone);
}

function shortStart(at, sizeMs, zone) {
  const offset = offsetAt(at, zone);
  const start = floor(at + offset, sizeMs) - offset;
  return offsetAt(start, zone) === offset ? start : change(start, at, zone);
}

function longStart(at, sizeMs, zone) {
  let local = floor(at + offsetAt(at, zone), sizeMs);
  while (instant(local + sizeMs, zone) <= at) {
    local += sizeMs;
  }
  return instant(local, zone);
}

function floor(ms, sizeMs) {
  return Math.floor(ms / sizeMs) * sizeMs;
}

/** When clocks of the zone show a local time. */
function instant(local, zone) {
  const guesses = [DAY, -DAY].map(apart => local - offsetAt(local - apart, zone)).sort((a, b) => a - b);
  const shown = guesses.filter(each => each + offsetAt(each, zone) === local);
  return shown.length > 0 ? shown[0] : change(guesses[0], guesses[1], zone);
}

/** The first millisecond with the offset of `to`; `from` has another one. */
function change(from, to, zone) {
  const offset = offsetAt(to, zone);
  let [before, since] = [from, to];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    [before, since] = offsetAt(middle, zone) === offset ? [before, middle] : [middle, since];
  }
  return since;
}

/** Milliseconds by which clocks of the zone are ahead of UTC; 0 for one that this browser does not know. */
function offsetAt(at, zone) {
  if (zone === 'UTC' || zone === 'Z') {
    return 0;
  }
  const format = formatOf(zone);
  if (format === null) {
    return 0;
  }
  const part = Object.fromEntries(format.formatToParts(at).map(each => [each.type, Number(each.value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(at / 1_000) * 1_000;
}

function formatOf(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, made(zone));
  }
  return formats.get(zone);
}

function made(zone) {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric',
      day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  } catch {
    return null;
  }
}
