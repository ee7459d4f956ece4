package io.hourglass.load;

import java.time.Duration;
import java.util.Map;

/** One run as people read it, on standard output. */
final class Report {
  private final Options options;

  Report(Options options) {
    this.options = options;
  }

  void print(int run, long eventBytes, Watch.Turns turns, Truth.Verdict verdict, Stored.Journal journal, long nodeMiB,
      long cassandraMiB, long writtenMiB, long rewinds) {
    var whole = turns.durable().since(turns.first());
    var warm = turns.durable().since(turns.half());
    var events = options.events();
    line("run %d: %,d events of %,d bytes, %,d keys, %d partitions, %d h of event time", run, events, eventBytes,
        options.keys(), options.partitions(), options.hours());
    line("  durable after        %,10.1f s  (all read after %.1f s)", whole.seconds(), turns.read().since(turns.first()).seconds());
    line("  events/s             %,10.0f    from the first one counted until all are durable", events / whole.seconds());
    line("  CPU-s per million    %,10.1f    node", per(whole.node(), events));
    line("                       %,10.1f    node + Cassandra", per(whole.node().plus(whole.cassandra()), events));
    line("                       %,10.1f    Kafka", per(whole.kafka(), events));
    if (turns.atHalf() < events) {
      line("  second half (JIT warm), from half of them read until all are durable:");
      line("  events/s             %,10.0f", (events - turns.atHalf()) / warm.seconds());
      line("  CPU-s per million    %,10.1f    node", per(warm.node(), events - turns.atHalf()));
      line("                       %,10.1f    node + Cassandra", per(warm.node().plus(warm.cassandra()), events - turns.atHalf()));
    }
    line("  node before that     %,10.1f    CPU-s, its start", seconds(turns.first().node()));
    line("  journal writes       %,10d    %.1f events each, %,d bytes each", journal.writes(),
        events / (double) Math.max(1, journal.writes()), journal.bytes() / Math.max(1, journal.rows()));
    line("  peak memory (RSS)    %,10d MiB node, %,d MiB Cassandra", nodeMiB, cassandraMiB);
    line("  written by Cassandra %,10d MiB to disk, commit log and compactions included", writtenMiB);
    line("  rewinds              %,10d    partitions that went back to their commit and read again", rewinds);
    line("  checked              %,10d keys: %,d events in their windows, %,d sent: %s; %,d windows closed", verdict.keys(),
        verdict.events(), verdict.expected(), verdict.exact() ? "exact" : "WRONG", verdict.closed());
    verdict.faults().forEach(fault -> line("    %s", fault));
  }

  void printStored(int run, Map<String, Long> bytes) {
    var all = bytes.values().stream().mapToLong(Long::longValue).sum();
    line("run %d stored in Cassandra: %,.1f MB per million events", run, all / (double) options.events());
    bytes.forEach((table, size) -> {
      if (size > all / 200) {
        line("  %-20s %,10.1f MB", table, size / 1e6);
      }
    });
  }

  private static double per(Duration cpu, long events) {
    return seconds(cpu) / events * 1e6;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static void line(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
