import { useEffect, useRef, useState } from './lib/preact.js';
import { get } from './api.js';
import { onReturn } from './connection.js';

const HIDDEN_MS = 20_000;
const NEVER = { status: null, data: null, problem: null, stale: false, at: 0 };

/**
 * What a path answers, asked again and again while the component lives: `{status, data, problem, stale, at}`. When an
 * answer fails the last good one stays, `stale`; one that was 404 is gone. Status null: not answered yet.
 */
export function usePoll(path, everyMs = 2_000) {
  const [answer, setAnswer] = useState(NEVER);
  const again = useRef(() => {});
  useEffect(() => {
    setAnswer(NEVER);
    if (!path) {
      return undefined;
    }
    const polling = poll(path, everyMs, next => setAnswer(before => merged(before, next)));
    again.current = polling.now;
    return polling.stop;
  }, [path, everyMs]);
  return { ...answer, again: () => again.current() };
}

function merged(before, next) {
  const failed = next.status === 0 || next.status >= 500;
  return failed
    ? { ...before, status: before.status ?? next.status, problem: next.problem, stale: before.data !== null }
    : { ...next, stale: false, at: Date.now() };
}

/** Asks at once, then `everyMs` after each answer; slower while nobody looks; at once when the node or the reader is back. */
export function poll(path, everyMs, take) {
  const abort = new AbortController();
  let timer = 0;
  let asking = false;
  async function ask() {
    if (asking || abort.signal.aborted) {
      return;
    }
    clearTimeout(timer);
    asking = true;
    const answer = await get(path, abort.signal);
    asking = false;
    if (!abort.signal.aborted) {
      take(answer);
      timer = setTimeout(ask, document.hidden ? Math.max(everyMs, HIDDEN_MS) : everyMs);
    }
  }
  const shown = () => document.hidden || ask();
  document.addEventListener('visibilitychange', shown);
  const forget = onReturn(ask);
  ask();
  return {
    now: ask,
    stop() {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      forget();
    },
  };
}
