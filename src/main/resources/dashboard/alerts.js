import { get } from './api.js';
import { followAlerts } from './alertstream.js';
import { now } from './connection.js';
import { millis } from './format.js';
import { keep, kept } from './kept.js';
import { chime } from './sound.js';
import { store } from './store.js';

const READ = 'hourglass.read';
const MOST_FIRING = 500;
const MOST_PAGES = 3;
const MOST_UNREAD = 1_000;
const AGAIN_MS = 30_000;
const FRESH_MS = 60_000;
/** Frames that come within so long are applied together. */
const TOGETHER_MS = 50;

/**
 * The alerts that fire, newest first, as the stream tells: `{firing, more, live, gap, unread, problem}`. Firing is null
 * until known; more: there are others that are not listed; gap: some that came meanwhile are not kept any more; unread: a
 * map from the episodes of those that nobody has looked at to their places in the stream.
 */
export const alerts = store({ firing: null, more: false, live: false, gap: false, unread: new Map(), problem: null });

let loading = false;
let lastFrame = null;
let frames = [];
let soon = 0;

followAlerts(kept(READ), {
  state: live => alerts.update(before => ({ ...before, live })),
  hello(frame) {
    lastFrame = frame.after;
    if (kept(READ) === null) {
      keep(READ, frame.after);
    }
    if (frame.gap) {
      alerts.update(before => ({ ...before, gap: true }));
    }
    reload();
  },
  alert(frame) {
    lastFrame = frame.id;
    frames.push(frame);
    soon ||= setTimeout(take, TOGETHER_MS);
  },
});

setInterval(() => alerts.get().live && reload(), AGAIN_MS);

/** A page ends where the node has looked far enough: what fires may stand on the next ones. */
async function firingNow() {
  const items = [];
  let next = '';
  for (let page = 0; page < MOST_PAGES && next !== null && items.length < MOST_FIRING; page++) {
    const answer = await get(`v1/alerts?state=firing&limit=${MOST_FIRING}${next && `&cursor=${encodeURIComponent(next)}`}`);
    if (answer.data === null) {
      return answer;
    }
    items.push(...answer.data.items);
    next = answer.data.next;
  }
  return { data: { items, next }, problem: null };
}

/** Lists what fires anew; frames that come meanwhile are applied after it. */
export async function reload() {
  if (loading) {
    return;
  }
  loading = true;
  const answer = await firingNow();
  loading = false;
  alerts.update(before => answer.data === null ? { ...before, problem: answer.problem }
    : { ...before, firing: sorted(answer.data.items), more: answer.data.next !== null, problem: null });
  take();
}

/** Applies the frames that have come. */
function take() {
  soon = 0;
  if (loading || frames.length === 0) {
    return;
  }
  const taken = frames;
  frames = [];
  alerts.update(before => {
    const firing = new Map((before.firing ?? []).map(each => [episode(each), each]));
    const unread = new Map(before.unread);
    taken.forEach(frame => apply(frame, firing, unread));
    forget(unread);
    return { ...before, firing: sorted([...firing.values()]).slice(0, MOST_FIRING), unread };
  });
}

function apply(frame, firing, unread) {
  const alert = { ...frame, id: frame.alertId };
  if (frame.status !== 'firing') {
    firing.delete(episode(alert));
    return;
  }
  firing.set(episode(alert), alert);
  if (!muted(alert) && !unread.has(episode(alert))) {
    unread.set(episode(alert), frame.id);
    if (now() - millis(alert.emittedAt) < FRESH_MS) {
      chime();
    }
  }
}

/** So many are marked, the newest; those before count as read. */
function forget(unread) {
  while (unread.size > MOST_UNREAD) {
    const [oldest, place] = unread.entries().next().value;
    unread.delete(oldest);
    keep(READ, place);
  }
}

function sorted(list) {
  return [...list].sort((a, b) => b.emittedAt.localeCompare(a.emittedAt) || b.startsAt.localeCompare(a.startsAt));
}

/** What an alert is known by from its beginning to its end; its id is another one when it has ended. */
export function episode(alert) {
  return `${alert.fingerprint} ${alert.startsAt}`;
}

/** Whether it is silenced or inhibited: nobody is told of it. */
export function muted(alert) {
  return (alert.silencedBy?.length ?? 0) > 0 || (alert.inhibitedBy?.length ?? 0) > 0;
}

/** Everything told so far has been looked at. */
export function markAllRead() {
  if (lastFrame !== null) {
    keep(READ, lastFrame);
  }
  alerts.update(before => ({ ...before, unread: new Map(), gap: false }));
}

export function markRead(alert) {
  if (alerts.get().unread.has(episode(alert))) {
    alerts.update(before => ({ ...before, unread: new Map([...before.unread].filter(([each]) => each !== episode(alert))) }));
  }
}
