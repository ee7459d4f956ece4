/**
 * The entity of a key: an event-sourced actor around {@link io.hourglass.window.KeyWindows}, its protocol,
 * its placement over the cluster and the outbox by which closed windows, alerts and late events leave it.
 */
package io.hourglass.entity;
