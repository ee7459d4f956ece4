package io.hourglass.notify.group;

/**
 * An alert as an Alertmanager is told it. Event time may be years in the past, and Alertmanager judges by its own clock:
 * these times are of the wall clock.
 *
 * @param startsAt when it was told to fire, epoch milliseconds
 * @param endsAt firing: until when it fires if nothing more is heard; else when it was told to end
 */
public record Push(Held alert, long startsAt, long endsAt) {}
