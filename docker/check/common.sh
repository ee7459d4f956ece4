# What the checks of this folder share. Sourced with $work set: a directory for everything they make.

# Containers as on a machine without systemd, without cgroups of their own.
enter_mount_namespace() {
  if [[ ${HOURGLASS_UNSHARED:-} != yes ]]; then
    HOURGLASS_UNSHARED=yes exec unshare -m "$0" "$@"
  fi
  umount /sys/fs/cgroup/unified 2>/dev/null || true
}

write_containers_conf() {
  cat > "$work/containers.conf" <<'CONF'
[containers]
cgroups = "disabled"
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "crun"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "netavark"
CONF
  echo '{"default": [{"type": "insecureAcceptAnything"}]}' > "$work/policy.json"
  export CONTAINERS_CONF=$work/containers.conf BUILDAH_ISOLATION=chroot TMPDIR=$work/tmp
  mkdir -p "$work/tmp"
}

storage=()
use_storage() {
  storage=(--root "$work/storage" --runroot "$work/run" --storage-driver overlay)
}

buildah_() { buildah "${storage[@]}" "$@"; }

# Without systemd there are no timers for health checks, and podman says so at every turn.
podman_() { podman --log-level fatal "${storage[@]}" "$@"; }

# Builds the Dockerfile that people use, as it is; a settings.xml of this machine's Maven goes in as a secret.
build_image() {
  local secret=()
  [[ -f ~/.m2/settings.xml ]] && secret=(--secret "id=maven-settings,src=$HOME/.m2/settings.xml")
  buildah_ bud --quiet --format docker --pull-never "${secret[@]}" -f docker/Dockerfile -t "$1" .
}

passed=0 failed=0

# check "what" command...: counts, says, goes on
check() {
  local what=$1
  shift
  if "$@" > "$work/check.out" 2>&1; then
    passed=$((passed + 1))
    echo "  ok      $what"
  else
    failed=$((failed + 1))
    echo "  FAILED  $what"
    sed 's/^/          /' "$work/check.out"
  fi
}

not() { ! "$@"; }

# until_true SECONDS command...
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.5
  done
}

# verdict N: how many, and a status; N checks there must have been, so that none goes missing unseen
verdict() {
  echo "$passed passed, $failed failed"
  ((passed + failed == $1)) || echo "checks: $((passed + failed)) (expected: $1)"
  ((passed == $1))
}

remove_work() {
  podman_ rm --all --force --time 5 > /dev/null 2>&1 || true
  # a container that has just ended may hold its mount for a moment
  local attempt
  for attempt in 1 2 3 4 5; do
    umount "$work/storage/overlay" 2>/dev/null || true
    if rm -rf "$work" 2>/dev/null; then
      return 0
    fi
    sleep 1
  done
  echo "left behind, still in use: $work" >&2
}
