package io.hourglass.load.cluster;

/**
 * A fault that was injected.
 *
 * @param what node and length, and what struck at the same time
 * @param at seconds after the load began
 * @param lastedS from the first stroke until it was taken back
 * @param caughtUpS from the first stroke until every partition's commit had passed what was written by the end of the
 *     fault and the lag was back to what it was; -1 when that did not come in time
 */
record Incident(Fault fault, String what, double at, double lastedS, double caughtUpS) {}
