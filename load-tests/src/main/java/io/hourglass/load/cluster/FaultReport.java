package io.hourglass.load.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A fault test as people read it. */
final class FaultReport {
  private final Load load;
  private final String mix;
  private final List<Incident> incidents;
  private final List<Fault> skipped;
  private final Trio trio;
  private final Run.Verdict verdict;

  FaultReport(Load load, String mix, List<Incident> incidents, List<Fault> skipped, Trio trio, Run.Verdict verdict) {
    this.load = load;
    this.mix = mix;
    this.incidents = incidents;
    this.skipped = skipped;
    this.trio = trio;
    this.verdict = verdict;
  }

  String markdown() {
    return head() + kinds() + "\n" + nodes() + "\n" + differences() + "\n" + log();
  }

  private String head() {
    return text("""
        # Faults: %s

            mvn -q -f load-tests verify -Pfaults -Dminutes=%s -Dseed=%d -Dmix=%s

        | | |
        |---|---|
        | events, at %,d a second, %,d keys, %d partitions | %,d |
        | faults injected | %d |
        | from the first stroke until caught up: median, worst | %s |
        | from the end of the fault until caught up: median, worst | %s |
        | windows compared, asked of each node | %,d |
        | alerts compared, at each node and each of three subscribers | %,d |
        | commits compared with the journal, by key | %,d |
        | frames to subscribers, in so many connections | %,d, %,d |
        | differences | %,d |

        """, verdict.exact() ? "nothing differs" : "DIFFERENCES", decimal(load.length().toMillis() / 60_000.0), load.seed(), mix,
        load.rate(), load.keys(), load.partitions(), verdict.events(), incidents.size(),
        figures(incidents.stream().mapToDouble(Incident::caughtUpS).toArray()),
        figures(incidents.stream().mapToDouble(each -> each.caughtUpS() - each.lastedS()).toArray()),
        verdict.windows(), verdict.alerts(), verdict.committed(), verdict.frames(), verdict.connections(), verdict.faults().size());
  }

  private String kinds() {
    return "| fault | times | lasted, longest | caught up after: median, worst |\n|---|---|---|---|\n"
        + Arrays.stream(Fault.values()).map(this::kind).collect(Collectors.joining());
  }

  private String kind(Fault fault) {
    var those = incidents.stream().filter(each -> each.fault() == fault).toList();
    if (those.isEmpty()) {
      return skipped.contains(fault) ? "| " + fault.title + " | not possible on this machine | | |\n" : "";
    }
    return text("| %s | %d | %.0f s | %s |\n", fault.title, those.size(),
        those.stream().mapToDouble(Incident::lastedS).max().orElse(0),
        figures(those.stream().mapToDouble(Incident::caughtUpS).toArray()));
  }

  private String nodes() {
    return trio.places().stream().limit(Trio.NODES).map(Member::ends).collect(Collectors.joining());
  }

  private String differences() {
    return verdict.exact() ? "Nothing differs.\n"
        : verdict.faults().stream().limit(50).map(each -> "- " + each + "\n").collect(Collectors.joining());
  }

  private String log() {
    return "| after | fault | | lasted | caught up after |\n|---|---|---|---|---|\n" + incidents.stream()
        .map(each -> text("| %.0f s | %s | %s | %.1f s | %s |\n", each.at(), each.fault().option(), each.what(), each.lastedS(),
            each.caughtUpS() < 0 ? "NEVER" : text("%.1f s", each.caughtUpS()))).collect(Collectors.joining());
  }

  private static String figures(double[] seconds) {
    var sorted = Arrays.stream(seconds).sorted().toArray();
    return sorted.length == 0 ? "" : text("%.1f s, %.1f s", sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static String decimal(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
