const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, notation: 'compact' });
const DASH = '–';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A count, whole: `12,345`. */
export function count(value) {
  return value === null || value === undefined || Number.isNaN(value) ? DASH : WHOLE.format(value);
}

/** A number in five or six characters: `1.2M`, `0.034`. */
export function short(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return DASH;
  }
  const size = Math.abs(value);
  return size >= 10_000 ? SHORT.format(value) : decimals(value, size >= 100 ? 0 : size >= 1 ? 1 : 3);
}

/** A number as exactly as people read one: up to nine digits. */
export function exact(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return DASH;
  }
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) >= 1_000 ? 2 : 4;
  return decimals(value, digits);
}

function decimals(value, most) {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: most }).format(value);
}

/** Events a second. */
export function rate(value) {
  return value === null ? DASH : value >= 10 || value === 0 ? count(value) : decimals(value, 1);
}

/** Epoch milliseconds of an ISO-8601 time, or null. */
export function millis(iso) {
  const ms = iso === null || iso === undefined ? NaN : Date.parse(iso);
  return Number.isNaN(ms) ? null : ms;
}

export function iso(ms) {
  return new Date(ms).toISOString();
}

/** `1995-08-01 18:52:03` in UTC. */
export function time(at) {
  const ms = typeof at === 'number' ? at : millis(at);
  return ms === null ? DASH : iso(ms).slice(0, 19).replace('T', ' ');
}

export function day(ms) {
  return iso(ms).slice(0, 10);
}

/** `10:00`, or `10:00:05` where the seconds say something. */
export function clock(ms) {
  const text = iso(ms).slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/** `1995-08-01 10:00–11:00`. */
export function span(start, end) {
  const same = day(start) === day(end - 1);
  return `${day(start)} ${clock(start)}–${same ? clock(end) : `${day(end)} ${clock(end)}`}`;
}

/** `45 s`, `3 min`, `1 h 20 min`, `2 d 4 h`. */
export function length(ms) {
  const size = Math.max(0, Math.round(ms / SECOND) * SECOND);
  return size < MINUTE ? `${size / SECOND} s`
    : size < HOUR ? `${Math.floor(size / MINUTE)} min`
      : size < DAY ? two(size, HOUR, 'h', MINUTE, 'min') : two(size, DAY, 'd', HOUR, 'h');
}

function two(size, large, largeName, small, smallName) {
  const rest = Math.floor((size % large) / small);
  return `${Math.floor(size / large)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

/** How long ago, when that is less than two days: `3 s ago`; else null. */
export function ago(ms, now) {
  const past = now - ms;
  return past > -MINUTE && past < 2 * DAY ? `${length(past)} ago` : null;
}
