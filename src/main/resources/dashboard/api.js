import { lost, lostSince, reached } from './connection.js';
import { encoded } from './route.js';

const WITHIN_MS = 15_000;
const BAD_GATEWAY = 502;
const GATEWAY_TIMEOUT = 504;

/**
 * Asks the node. Never throws: `{status, data, problem}`; status 0 when there was no answer, data null unless it went
 * well, problem a text for people or null. A question that takes too long is no sign that the node is lost, unless it
 * is light.
 *
 * @param options `{signal, withinMs, light}`
 */
export async function call(method, path, body, { signal, withinMs = WITHIN_MS, light = false } = {}) {
  const asked = performance.now();
  const late = () => light && lostSince(asked);
  try {
    const response = await fetch(path, {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal: within(withinMs, signal),
    });
    if (response.status === BAD_GATEWAY) {
      lost();
    } else if (response.status === GATEWAY_TIMEOUT) {
      late();
    } else {
      reached(response.headers.get('Date'));
    }
    return await answer(response);
  } catch (failure) {
    if (signal?.aborted) {
      return { status: 0, data: null, problem: null };
    }
    if (failure.name === 'TimeoutError') {
      late();
      return { status: 0, data: null, problem: `The node has not answered this within ${withinMs / 1_000} s.` };
    }
    lost();
    return { status: 0, data: null, problem: 'The node does not answer.' };
  }
}

export function get(path, options) {
  return call('GET', path, undefined, options);
}

/** Whether the node has no such question: it is of another release. */
export function unoffered(answer) {
  return answer.status === 404 && !/urn:hourglass/.test(answer.type ?? '');
}

async function answer(response) {
  const text = await response.text();
  const json = parsed(text);
  return response.ok
    ? { status: response.status, data: json, problem: null }
    : { status: response.status, data: null, problem: json?.detail ?? `${response.status} ${response.statusText}`, type: json?.type };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function within(ms, signal) {
  const limit = AbortSignal.timeout(ms);
  return signal ? AbortSignal.any([limit, signal]) : limit;
}

/** A character for private use: with it before them the node takes dots for a name, and a browser does not for a place. */
const NAMED = '\uE000';

/** A path of encoded segments; null when one of them is empty. */
export function path(...segments) {
  return segments.includes('') ? null : segments.map(each => encoded(/^\.{1,2}$/.test(each) ? NAMED + each : each)).join('/');
}

export function pipelinePath(pipeline, ...rest) {
  return path('v1', 'pipelines', pipeline, ...rest);
}

export function keyPath(pipeline, key, ...rest) {
  return pipelinePath(pipeline, 'entities', key, ...rest);
}

/** Adds a query; what is empty, null or undefined is left out. */
export function query(base, parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString();
  return base === null || text === '' ? base : `${base}?${text}`;
}
