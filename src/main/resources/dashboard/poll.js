import { useEffect, useRef, useState } from './lib/preact.js';
import { get } from './api.js';
import { onReturn } from './connection.js';

const HIDDEN_MS = 20_000;
const TURN_MS = 2_000;
/** When the node or the reader is back the questions are spread over so long. */
const RETURN_MS = 2_000;
const SHOWN_MS = 300;
/** The last question of each kind that wants to be alone. */
const lines = new Map();
const NEVER = { status: null, data: null, problem: null, stale: false, at: 0 };

/**
 * What a path answers, asked again and again while the component lives: `{status, data, problem, stale, at}`. When an
 * answer fails the last good one stays, `stale`; one that was 404 is gone. Status null: not answered yet.
 *
 * @param options those of `poll`, and `like`: while it is the same, another path is about the same thing, and what the
 *   former one answered stays until the other one has answered
 */
export function usePoll(path, everyMs = 2_000, { like = path, ...options } = {}) {
  const [held, hold] = useState({ like: null, answer: NEVER });
  const every = useRef(everyMs);
  const polling = useRef(null);
  every.current = everyMs;
  useEffect(() => {
    if (!path) {
      return undefined;
    }
    polling.current = poll(path, () => every.current, next =>
      hold(before => ({ like, answer: merged(before.like === like ? before.answer : NEVER, next) })), options);
    return () => polling.current.stop();
  }, [like, !path]);
  useEffect(() => path && polling.current.turn(path), [path]);
  return { ...(path && held.like === like ? held.answer : NEVER), again: () => polling.current?.now() };
}

function merged(before, next) {
  const failed = next.status === 0 || next.status >= 500;
  return failed
    ? { ...before, status: before.status ?? next.status, problem: next.problem, stale: before.data !== null }
    : { ...next, stale: false, at: Date.now() };
}

/**
 * Asks at once, then some time after each answer, longer while nobody looks; soon when the node or the reader is back.
 * Never two questions at a time.
 *
 * @param every tells the milliseconds between an answer and the next question
 * @param options those of a call; `hidden: false` asks nothing while nobody looks; `promptly` asks another path soon
 *   instead of when its time has come; of all questions of a `kind` one is under way
 */
export function poll(path, every, take, { hidden = true, promptly = false, kind, ...options } = {}) {
  const abort = new AbortController();
  let timer = 0;
  let asking = false;
  let asked = 0;
  async function ask() {
    if (asking || abort.signal.aborted || (document.hidden && !hidden)) {
      return;
    }
    clearTimeout(timer);
    asking = true;
    asked = performance.now();
    let of = path;
    const answer = await inLine(kind, () => {
      of = path;
      return get(of, { ...options, signal: abort.signal });
    });
    asking = false;
    if (!abort.signal.aborted) {
      if (of === path || answer.data !== null) {
        take(answer);
      }
      after(of !== path && promptly ? TURN_MS : document.hidden ? Math.max(every(), HIDDEN_MS) : every());
    }
  }
  function after(ms) {
    clearTimeout(timer);
    timer = setTimeout(ask, ms);
  }
  const shown = () => document.hidden || asking || after(Math.random() * SHOWN_MS);
  document.addEventListener('visibilitychange', shown);
  const forget = onReturn(() => asking || after(Math.random() * RETURN_MS));
  ask();
  return {
    now: ask,
    turn(other) {
      const another = other !== path;
      path = other;
      if (another && promptly && !asking) {
        after(Math.max(0, asked + TURN_MS - performance.now()));
      }
    },
    stop() {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      forget();
    },
  };
}

function inLine(kind, question) {
  if (kind === undefined) {
    return question();
  }
  const answer = (lines.get(kind) ?? Promise.resolve()).then(question);
  lines.set(kind, answer);
  return answer;
}
