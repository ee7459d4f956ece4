import { millis } from './format.js';
import { startOf } from './zone.js';

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const HOUR = UNITS.h;

/** Milliseconds of a duration as a configuration writes it (`1h`, `30 seconds`, `PT1H`, a number), or the fallback. */
export function duration(text, fallback) {
  if (typeof text === 'number') {
    return text;
  }
  const plain = /^\s*(\d+(?:\.\d+)?)\s*(ms|milli|s|m|h|d)?[a-z]*\s*$/.exec(text ?? '');
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text ?? '');
  if (plain) {
    return Number(plain[1]) * (UNITS[plain[2]] ?? 1);
  }
  return iso ? iso.slice(1).reduce((sum, each, i) => sum + Number(each ?? 0) * [UNITS.d, UNITS.h, UNITS.m, UNITS.s][i], 0) : fallback;
}

/** How a pipeline cuts time: `{sizeMs, zone}`. */
export function windowOf(pipeline) {
  const window = pipeline?.config?.window ?? {};
  return { sizeMs: duration(window.size, HOUR), zone: window.zone ?? 'UTC' };
}

/** Start of the window that the newest events of a pipeline are in, or null before the first event. */
export function newestStart(pipeline) {
  const marks = (pipeline?.partitions ?? []).map(each => millis(each.watermark)).filter(each => each !== null);
  return marks.length === 0 ? null : startOf(Math.max(...marks) + 1, windowOf(pipeline));
}

const ORDER = ['count', 'sum', 'mean', 'min', 'max', 'p50', 'p95', 'p99', 'stddev', 'first', 'last', 'distinct'];

/** What can be drawn of a window: `count`, then `<measure>.<aggregate>` in the usual order. */
export function series(measures) {
  return ['count', ...Object.entries(measures ?? {}).flatMap(([name, values]) => numeric(values)
    .sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).map(aggregate => `${name}.${aggregate}`))];
}

function numeric(values) {
  return Object.keys(values).filter(each => ORDER.includes(each));
}

/** A series' value in a window, or null. */
export function valueOf(window, name) {
  if (name === 'count') {
    return window.count;
  }
  const dot = name.lastIndexOf('.');
  const value = window.measures?.[name.slice(0, dot)]?.[name.slice(dot + 1)];
  return typeof value === 'number' ? value : null;
}

/** The query of a key page that shows a window in the midst of others. */
export function around(window) {
  const [start, end] = [millis(window.start), millis(window.end)];
  const wide = 12 * (end - start);
  return { from: start - wide, to: end + wide, at: start };
}
