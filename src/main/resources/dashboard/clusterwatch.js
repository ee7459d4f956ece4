import { useEffect, useState } from './lib/preact.js';
import { now } from './connection.js';
import { poll } from './poll.js';
import { store } from './store.js';

const EVERY_MS = 3_000;
const KEPT = 12;

/** What has changed in the cluster since the page was opened, newest first: `{id, at, text, tone}`. */
export const changes = store([]);

const cluster = store({ status: null, data: null, problem: null, stale: false });
let watching = false;
let next = 0;

/** The cluster as it is; looked at from the first use on for good, so that no change is missed. */
export function useCluster() {
  const [answer, setAnswer] = useState(cluster.get());
  useEffect(() => {
    watch();
    return cluster.listen(setAnswer);
  }, []);
  return answer;
}

function watch() {
  if (watching) {
    return;
  }
  watching = true;
  poll('v1/cluster', () => EVERY_MS, answer => {
    const before = cluster.get();
    if (answer.data !== null && before.data !== null) {
      tell(differences(before.data, answer.data));
    }
    cluster.set(answer.data === null ? { ...before, status: answer.status, problem: answer.problem, stale: before.data !== null } : { ...answer, stale: false });
  });
}

function tell(found) {
  if (found.length > 0) {
    const at = Math.floor(now() / 1_000) * 1_000;
    changes.update(list => [...found.map(each => ({ ...each, at, id: next++ })), ...list].slice(0, KEPT));
  }
}

/** What is told apart between two looks: members by uid, their status, whether they are reached, the shards they hold. */
export function differences(before, after) {
  const was = new Map(before.members.map(each => [each.uid, each]));
  const is = new Map(after.members.map(each => [each.uid, each]));
  const found = [];
  for (const [uid, member] of is) {
    const earlier = was.get(uid);
    const name = nodeName(member.node);
    if (!earlier) {
      found.push({ text: `${name} came (${member.status}, ${member.appVersion})`, tone: 'live' });
    } else if (earlier.reachable !== member.reachable) {
      found.push(member.reachable ? { text: `${name} is reached again`, tone: 'live' } : { text: `${name} is lost: unreachable`, tone: 'critical' });
    } else if (earlier.status !== member.status) {
      found.push({ text: `${name} is ${member.status}`, tone: member.status === 'up' ? 'live' : 'warning' });
    }
  }
  for (const [uid, member] of was) {
    if (!is.has(uid)) {
      found.push({ text: `${nodeName(member.node)} is gone`, tone: member.reachable ? 'warning' : 'critical' });
    }
  }
  return [...found, ...moved(before, after)];
}

function moved(before, after) {
  return after.pipelines.flatMap(pipeline => {
    const was = shardsByNode(before.pipelines.find(each => each.pipeline === pipeline.pipeline));
    return [...shardsByNode(pipeline)].filter(([node, shards]) => was.has(node) && was.get(node) !== shards).map(([node, shards]) =>
      ({ text: `${pipeline.pipeline}: ${nodeName(node)} holds ${shards} shards, was ${was.get(node)}`, tone: '' }));
  });
}

function shardsByNode(pipeline) {
  return new Map((pipeline?.nodes ?? []).map(each => [each.node, each.shards.length]));
}

/** `127.0.0.1:25520` of `akka://hourglass@127.0.0.1:25520`. */
export function nodeName(address) {
  return address.replace(/^.*@/, '');
}
