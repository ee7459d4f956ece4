import { episode } from './alerts.js';
import { keyPath, query as asked } from './api.js';
import { millis } from './format.js';
import { pipelines } from './pipelines.js';
import { usePoll } from './poll.js';
import { distinct, useStore } from './store.js';
import { newestStart, series, windowOf } from './windows.js';

const LIVE_MS = 2_000;
const LIST_MS = 10_000;
const MOST = 1_000;
const DEFAULT = 24;
const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Everything that a key's page draws, kept up to date; path: null asks nothing. */
export function useKey(pipeline, key, query) {
  const known = useStore(pipelines).list?.find(each => each.name === pipeline);
  const entity = usePoll(keyPath(pipeline, key), LIVE_MS);
  const rolling = usePoll(keyPath(pipeline, key, 'rolling'), LIVE_MS);
  const range = rangeOf(known, entity.data, query);
  const within = range && { from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
  const same = { like: JSON.stringify([pipeline, key, query.from, query.to, query.range]), promptly: true };
  const list = usePoll(range && asked(keyPath(pipeline, key, 'windows'), { ...within, limit: MOST }), LIST_MS, same);
  const alerts = usePoll(range && asked('v1/alerts', { pipeline, key, from: instant(range.from - (range.to - range.from)), to: range.to, limit: MOST }), LIST_MS, same);
  const windows = merged(list.data?.items ?? [], entity.data?.windows ?? [], range);
  return {
    pipeline, key, query, entity, rolling, list, range, windows,
    more: Boolean(list.data?.next),
    alerts: distinct([...(entity.data?.alerts ?? []), ...(alerts.data?.items ?? [])], episode),
    names: series((windows.at(-1) ?? entity.data?.windows[0])?.measures),
  };
}

/**
 * `{from, to, windows, fixed, sizeMs}` in milliseconds: as asked for, else so many windows up to the newest one of the
 * pipeline; null until that is known.
 */
function rangeOf(pipeline, entity, query) {
  if (!entity || !pipeline) {
    return null;
  }
  const { sizeMs } = windowOf(pipeline);
  const [from, to] = [instant(query.from), instant(query.to)];
  if (from !== null && to !== null && from < to) {
    return { from, to, windows: Math.round((to - from) / sizeMs), fixed: true, sizeMs };
  }
  const windows = /^\d{1,4}$/.test(query.range ?? '') ? Math.max(1, Number(query.range)) : DEFAULT;
  const end = Math.max((newestStart(pipeline) ?? 0) + sizeMs, ...entity.windows.map(each => millis(each.end)));
  return { from: end - windows * sizeMs, to: end, windows, fixed: false, sizeMs };
}

/** Epoch milliseconds as they are written or ISO-8601; a time that no calendar has is the first or last one. */
function instant(text) {
  const ms = /^-?\d+$/.test(text ?? '') ? Number(text) : millis(text);
  return ms === null ? null : Math.min(Math.max(ms, EARLIEST), LATEST);
}

/** The listed windows, the oldest first, with what the entity says now over them. */
function merged(listed, live, range) {
  const windows = new Map([...listed, ...live].map(each => [each.start, each]));
  return [...windows.values()].map(each => ({ ...each, start: millis(each.start), end: millis(each.end) }))
    .filter(each => range && each.start >= range.from && each.start < range.to && (each.count > 0 || each.late > 0))
    .sort((a, b) => a.start - b.start);
}
