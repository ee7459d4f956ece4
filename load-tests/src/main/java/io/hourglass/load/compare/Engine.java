package io.hourglass.load.compare;

import io.hourglass.services.Server;

/** A process that reads the events, counts them by key and hour and makes it durable, or at least says how far it is. */
interface Engine {
  /** The process that is measured; running once {@link #start} has come so far. */
  Server process();

  /** Returns when the process is up. */
  void start();

  /** Whether it has read its first event. */
  boolean reading();

  /** Its consumer group. */
  String group();

  /** Events that it has read, as it says itself. */
  long read();

  /** Compares its results, all of them, when everything is durable. */
  Verdict check(Oracle oracle);

  /** Ends it, and leaves nothing of it to the runs that follow. */
  void stop();
}
