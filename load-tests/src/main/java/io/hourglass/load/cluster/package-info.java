/**
 * Several nodes under load while something happens to them: faults of a seeded schedule, or a rolling upgrade; and then
 * the comparison of every window and every alert with an oracle that saw the same events.
 *
 * <p>{@link io.hourglass.load.cluster.Generator} makes the events, {@link io.hourglass.load.cluster.Ledger} is the oracle,
 * {@link io.hourglass.load.cluster.Trio} the servers and nodes, {@link io.hourglass.load.cluster.Place} the addresses and links.
 */
package io.hourglass.load.cluster;
