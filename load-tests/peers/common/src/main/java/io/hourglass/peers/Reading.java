package io.hourglass.peers;

/**
 * What is wanted of an event. Mutable, for engines that can use one over and over.
 *
 * <p>The fields are open to the serializers of the engines.
 */
public final class Reading {
  /** The record key, for an engine that carries it with the event; else null. */
  public String key;
  /** Event time, epoch milliseconds. */
  public long timestampMs;
  public double value;
}
