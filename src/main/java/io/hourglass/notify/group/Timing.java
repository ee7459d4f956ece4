package io.hourglass.notify.group;

/**
 * When a webhook is told; all in milliseconds.
 *
 * @param waitMs how long a new group waits for more alerts
 * @param intervalMs between two looks at a group
 * @param repeatMs until a group of which nothing has changed is told again
 * @param sendResolved whether the end of alerts is told
 */
public record Timing(long waitMs, long intervalMs, long repeatMs, boolean sendResolved) {}
