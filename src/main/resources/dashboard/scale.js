import { clock, iso } from './format.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY];

/** Maps numbers from one range to another. */
export function linear([from, to], [start, end]) {
  const size = to - from || 1;
  return value => start + (value - from) / size * (end - start);
}

/** Round numbers between two, about so many, and the range that they reach: `{ticks, range}`. Zero is always in it. */
export function rounded(values, about) {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const rough = (most - least || 1) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough);
  const first = Math.floor(least / step);
  const last = Math.ceil((most || 1) / step);
  return { ticks: Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step), range: [first * step, last * step] };
}

/** Times that people would name, `apart` pixels from each other at least: `{at, text, day}`. */
export function timeTicks(from, to, width, apart = 76) {
  const most = Math.max(1, Math.floor(width / apart));
  const longest = STEPS.at(-1);
  const step = STEPS.find(each => (to - from) / each <= most) ?? Math.ceil((to - from) / most / longest) * longest;
  const ticks = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const day = at % DAY === 0;
    ticks.push({ at, day, text: step >= 91 * DAY ? iso(at).slice(0, 7) : day ? iso(at).slice(5, 10) : clock(at) });
  }
  return ticks;
}
