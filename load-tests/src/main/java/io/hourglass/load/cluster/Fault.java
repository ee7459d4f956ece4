package io.hourglass.load.cluster;

import java.util.Locale;
import java.util.Random;

/** A way to go wrong. */
enum Fault {
  KILL("kill -9 of a node", Where.NODE, Needs.NOTHING, FaultActions::kill),
  KILL_ALL("kill -9 of all nodes at once", Where.NODE, Needs.NOTHING, FaultActions::killAll),
  PAUSE_5("a node paused for 5 s (SIGSTOP)", Where.NODE, Needs.NOTHING, (actions, random) -> actions.pause(random, 5)),
  PAUSE_30("a node paused for 30 s", Where.NODE, Needs.NOTHING, (actions, random) -> actions.pause(random, 30)),
  PAUSE_90("a node paused for 90 s", Where.NODE, Needs.NOTHING, (actions, random) -> actions.pause(random, 90)),
  CUT_PEERS("a node cut off from the other nodes", Where.NODE, Needs.LINKS, FaultActions::cutPeers),
  CUT_SERVICES("a node cut off from Kafka and Cassandra", Where.NODE, Needs.LINKS, FaultActions::cutServices),
  CUT_KAFKA("a node cut off from Kafka", Where.NODE, Needs.LINKS, FaultActions::cutKafka),
  CUT_CASSANDRA("a node cut off from Cassandra", Where.NODE, Needs.LINKS, FaultActions::cutCassandra),
  KAFKA_RESTART("Kafka restarted", Where.KAFKA, Needs.NOTHING, FaultActions::restartKafka),
  KAFKA_KILL("Kafka killed and started", Where.KAFKA, Needs.NOTHING, FaultActions::killKafka),
  CASSANDRA_RESTART("Cassandra restarted", Where.CASSANDRA, Needs.NOTHING, FaultActions::restartCassandra),
  CASSANDRA_AWAY("Cassandra stopped for 30 s", Where.CASSANDRA, Needs.NOTHING, FaultActions::cassandraAway),
  CASSANDRA_SLOW("Cassandra slow for 20 s (stopped four fifths of the time)", Where.CASSANDRA, Needs.NOTHING, FaultActions::cassandraSlow),
  STORM("rebalance storm: consumers join and leave for 30 s", Where.GROUP, Needs.NOTHING, FaultActions::storm),
  CLOCK("a node's clock wrong by an hour for 30 s", Where.CLOCK, Needs.CLOCK, FaultActions::clock),
  DISK_FULL("disk full under the journal for 20 s", Where.CASSANDRA, Needs.MOUNTS, FaultActions::diskFull);

  /** What it strikes; faults of different places can strike at once. */
  enum Where { NODE, KAFKA, CASSANDRA, GROUP, CLOCK }

  /** What the machine must allow. */
  enum Needs { NOTHING, LINKS, CLOCK, MOUNTS }

  @FunctionalInterface
  interface Action {
    /** Strikes and returns when it is over, with what exactly was done. */
    String strike(FaultActions on, Random random);
  }

  final String title;
  final Where where;
  final Needs needs;
  final Action action;

  Fault(String title, Where where, Needs needs, Action action) {
    this.title = title;
    this.where = where;
    this.needs = needs;
    this.action = action;
  }

  /** As on the command line: {@code pause-30}. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
