package io.hourglass.load.cluster;

import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rolling upgrade as people read it. */
final class RollingReport {
  private static final double SLOWEST_S = 2.0;
  private static final double P99_S = 0.25;
  private static final int SHOWN = 20;
  /** After a node is ready keys are still on their way. */
  private static final long AFTERGLOW_NS = 5_000_000_000L;

  private final Load load;
  private final Trio trio;
  private final List<Roll.HandOff> handOffs;
  private final List<Moves.Rollout> rollouts;
  private final List<Queries.Answer> answers;
  private final Run.Verdict verdict;

  RollingReport(Load load, Trio trio, List<Roll.HandOff> handOffs, List<Moves.Rollout> rollouts, List<Queries.Answer> answers, Run.Verdict verdict) {
    this.load = load;
    this.trio = trio;
    this.handOffs = handOffs;
    this.rollouts = rollouts;
    this.answers = answers;
    this.verdict = verdict;
  }

  boolean passed() {
    return verdict.exact() && failed() == 0 && quantile(answers, 1) < SLOWEST_S && quantile(calm(), 0.99) < P99_S;
  }

  private long failed() {
    return answers.stream().filter(each -> each.failure() != null).count();
  }

  private List<Queries.Answer> calm() {
    return answers.stream().filter(each -> handOffs.stream()
        .noneMatch(off -> each.at() + each.tookNs() >= off.from() && each.at() <= off.until() + AFTERGLOW_NS)).toList();
  }

  private List<Queries.Answer> during(Roll.HandOff off) {
    return answers.stream().filter(each -> each.at() + each.tookNs() >= off.from() && each.at() <= off.until() + AFTERGLOW_NS).toList();
  }

  private static double quantile(List<Queries.Answer> answers, double share) {
    var sorted = answers.stream().mapToLong(Queries.Answer::tookNs).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e9;
  }

  String markdown() {
    return text("""
        # Rolling upgrade: %s

        | | | required |
        |---|---|---|
        | events, at %,d a second | %,d | |
        | windows compared, asked of each node | %,d, %,d differences | 0 |
        | alerts compared, at each node and each of three subscribers | %,d | |
        | frames to subscribers, in so many connections | %,d, %,d | |
        | queries | %,d | |
        | of them asked a second time, of another node | %,d | |
        | of them failed then too | %,d | 0 |
        | slowest answer | %.0f ms | < 2000 ms |
        | outside hand-off: median, 99 %% within, slowest | %s | 99 %% < 250 ms |

        """, passed() ? "passed" : "FAILED", load.rate(), verdict.events(), verdict.windows(), verdict.faults().size(), verdict.alerts(),
        verdict.frames(), verdict.connections(), answers.size(), answers.stream().filter(Queries.Answer::retried).count(), failed(),
        1e3 * quantile(answers, 1), figures(calm())) + steps() + "\n" + moves() + "\n" + slowest() + "\n" + first() + "\n" + nodes() + differences();
  }

  private String steps() {
    return "| to | order | node left | took | left after | queries, asked again, failed | median, 99 % within, slowest |\n|---|---|---|---|---|---|---|\n"
        + handOffs.stream().map(this::step).collect(Collectors.joining());
  }

  private String step(Roll.HandOff off) {
    var during = during(off);
    return text("| %s | %s | %d | %.1f s | %.1f s | %d, %d, %d | %s |\n", off.to(), off.order().name().toLowerCase(Locale.ROOT), off.leaver(),
        (off.until() - off.from()) / 1e9, (off.left() - off.from()) / 1e9, during.size(),
        during.stream().filter(Queries.Answer::retried).count(), during.stream().filter(each -> each.failure() != null).count(),
        figures(during));
  }

  private String moves() {
    return "| rollout | moves of a shard: most, average |\n|---|---|\n" + rollouts.stream()
        .map(rollout -> text("| to %s | %d, %.1f |\n", rollout.name(), rollout.most(), rollout.average())).collect(Collectors.joining());
  }

  private String slowest() {
    var now = System.nanoTime();
    return answers.stream().sorted(Comparator.comparing(Queries.Answer::tookNs).reversed()).limit(SHOWN)
        .map(each -> text("- %.0f ms, asked node %d at %s%s: %s\n", each.tookNs() / 1e6, each.node(),
            LocalTime.now().minusNanos(now - each.at()).truncatedTo(ChronoUnit.MILLIS), each.retried() ? " and another" : "", each.path()))
        .collect(Collectors.joining());
  }

  private String first() {
    var reasons = answers.stream().filter(Queries.Answer::retried).map(each -> each.failure() == null ? each.first() : "FAILED " + each.failure())
        .map(reason -> reason.replaceAll("\\s+", " ").replaceAll("\\d{4,}", "…")).collect(Collectors.groupingBy(each -> each, Collectors.counting()));
    return reasons.entrySet().stream().sorted((a, b) -> Long.compare(b.getValue(), a.getValue())).limit(SHOWN)
        .map(each -> text("- %d × %s\n", each.getValue(), each.getKey())).collect(Collectors.joining());
  }

  private String nodes() {
    return trio.places().stream().map(Member::ends).collect(Collectors.joining());
  }

  private String differences() {
    return verdict.exact() ? "" : "\n" + verdict.faults().stream().limit(50).map(each -> "- " + each + "\n").collect(Collectors.joining());
  }

  private static String figures(List<Queries.Answer> answers) {
    return text("%.0f ms, %.0f ms, %.0f ms", 1e3 * quantile(answers, 0.5), 1e3 * quantile(answers, 0.99), 1e3 * quantile(answers, 1));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
