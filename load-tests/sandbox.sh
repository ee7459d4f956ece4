#!/bin/sh
# Runs a command in a network and a mount namespace of its own, with a bridge and a network namespace for each of four
# nodes: links can be cut and disks filled up, nothing outside notices, and all of it is gone when the command ends,
# however it ends. Where that is not allowed (root, Linux, iproute2, iptables) the command runs as it is, and says so.
set -eu
SUBNET=10.77.0

lacking() {
  [ "$(id -u)" = 0 ] || { echo "root"; return; }
  for tool in unshare ip iptables mount; do
    command -v "$tool" >/dev/null || { echo "$tool"; return; }
  done
  unshare -n -m true 2>/dev/null || echo "the right to make namespaces"
}

if [ "${1:-}" = --inside ]; then
  shift
  ip link set lo up
  mkdir -p /run/netns
  mount -t tmpfs tmpfs /run/netns
  ip link add bridge type bridge
  ip addr add "$SUBNET.1/24" dev bridge
  ip link set bridge up
  for node in 1 2 3 4; do
    ip netns add "node-$node"
    ip link add "veth-$node" type veth peer name eth0 netns "node-$node"
    ip link set "veth-$node" master bridge
    ip link set "veth-$node" up
    ip -n "node-$node" link set lo up
    ip -n "node-$node" addr add "$SUBNET.1$node/24" dev eth0
    ip -n "node-$node" link set eth0 up
  done
  HOURGLASS_SANDBOX=$SUBNET exec "$@"
fi

missing=$(lacking)
if [ -n "$missing" ]; then
  echo "no sandbox: $missing is lacking; faults of links and disks are skipped" >&2
  exec "$@"
fi
exec unshare -n -m sh "$0" --inside "$@"
