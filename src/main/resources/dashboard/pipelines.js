import { poll } from './poll.js';
import { store } from './store.js';

const EVERY_MS = 2_000;
/** So light a question is answered sooner, or the node is lost. */
const WITHIN_MS = 10_000;
const KEPT = 60;
/** A rate is taken over so many polls: the node hears of positions once a second. */
const OVER = 3;

/** `{list, status, problem, stale, history}`: list null until answered; history by name, `{at, rate}` the oldest first. */
export const pipelines = store({ list: null, status: null, problem: null, stale: false, history: {} });

const positions = new Map();

poll('v1/pipelines?limit=1000', () => EVERY_MS, answer => pipelines.update(before => {
  if (answer.data === null) {
    return { ...before, status: answer.status, problem: answer.problem, stale: before.list !== null };
  }
  const at = performance.now();
  const history = Object.fromEntries(answer.data.items.map(each =>
    [each.name, [...(before.history[each.name] ?? []), { at, rate: measured(each, at) }].slice(-KEPT)]));
  return { list: answer.data.items, status: answer.status, problem: null, stale: false, history };
}), { light: true, withinMs: WITHIN_MS });

/** Events a second since some polls ago, null at first. A partition that was rewound counts as standing still. */
function measured(pipeline, at) {
  const now = new Map(pipeline.partitions.map(each => [each.partition, each.position]));
  const earlier = positions.get(pipeline.name) ?? [];
  positions.set(pipeline.name, [...earlier, { at, now }].slice(-OVER));
  if (earlier.length === 0) {
    return null;
  }
  const { at: then, now: was } = earlier[0];
  const read = [...now].reduce((sum, [partition, position]) => sum + Math.max(0, position - (was.get(partition) ?? position)), 0);
  return read / ((at - then) / 1_000);
}

export function lagOf(pipeline) {
  return pipeline.partitions.reduce((sum, each) => sum + each.lag, 0);
}

/** Records that are read but not durable yet. */
export function notDurable(pipeline) {
  return pipeline.partitions.reduce((sum, each) => sum + Math.max(0, each.position - each.committed), 0);
}
