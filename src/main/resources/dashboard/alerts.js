import { get } from './api.js';
import { followAlerts } from './alertstream.js';
import { now } from './connection.js';
import { millis } from './format.js';
import { chime } from './sound.js';
import { store } from './store.js';

const READ = 'hourglass.read';
const MOST_FIRING = 500;
const MOST_UNREAD = 1_000;
const AGAIN_MS = 30_000;
const FRESH_MS = 60_000;

/**
 * The alerts that fire, newest first, as the stream tells: `{firing, more, live, gap, unread, problem}`. Firing is null
 * until known; more: there are others that are not listed; gap: some that came meanwhile are not kept any more; unread: a
 * map from the episodes of those that nobody has looked at to their places in the stream.
 */
export const alerts = store({ firing: null, more: false, live: false, gap: false, unread: new Map(), problem: null });

let waiting = null;
let lastFrame = null;

followAlerts(localStorage.getItem(READ), {
  state: live => alerts.update(before => ({ ...before, live })),
  hello(frame) {
    lastFrame = frame.after;
    if (localStorage.getItem(READ) === null) {
      localStorage.setItem(READ, frame.after);
    }
    if (frame.gap) {
      alerts.update(before => ({ ...before, gap: true }));
    }
    reload();
  },
  alert(frame) {
    lastFrame = frame.id;
    waiting === null ? alerts.update(before => taken(before, frame)) : waiting.push(frame);
  },
});

setInterval(() => alerts.get().live && reload(), AGAIN_MS);

/** Lists what fires anew; frames that come meanwhile are applied after it. */
export async function reload() {
  if (waiting !== null) {
    return;
  }
  waiting = [];
  const answer = await get(`v1/alerts?state=firing&limit=${MOST_FIRING}`);
  const frames = waiting;
  waiting = null;
  alerts.update(before => frames.reduce(taken, listed(before, answer)));
}

function listed(before, answer) {
  return answer.data === null ? { ...before, problem: answer.problem }
    : { ...before, firing: sorted(answer.data.items), more: answer.data.next !== null, problem: null };
}

function taken(before, frame) {
  const alert = { ...frame, id: frame.alertId };
  const others = (before.firing ?? []).filter(each => episode(each) !== episode(alert));
  const fires = frame.status === 'firing';
  const firing = fires ? sorted([alert, ...others]).slice(0, MOST_FIRING) : others;
  return { ...before, firing, unread: marked(before.unread, alert, frame.id, fires && !muted(alert)) };
}

function marked(unread, alert, place, loud) {
  const next = new Map(unread);
  if (loud && !next.has(episode(alert))) {
    next.set(episode(alert), place);
    if (now() - millis(alert.emittedAt) < FRESH_MS) {
      chime();
    }
  }
  if (next.size > MOST_UNREAD) {
    const [oldest, where] = next.entries().next().value;
    next.delete(oldest);
    localStorage.setItem(READ, where);
  }
  return next;
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
    localStorage.setItem(READ, lastFrame);
  }
  alerts.update(before => ({ ...before, unread: new Map(), gap: false }));
}

export function markRead(alert) {
  if (alerts.get().unread.has(episode(alert))) {
    alerts.update(before => ({ ...before, unread: new Map([...before.unread].filter(([each]) => each !== episode(alert))) }));
  }
}
