package io.hourglass.load.compare;

import io.hourglass.load.compare.Results.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The comparison as people read it: two tables in Markdown, medians over the rounds, least and greatest beside them. */
final class Report {
  private final Options options;
  private final Results results;
  private final List<String> lines = new ArrayList<>();

  Report(Options options, Results results) {
    this.options = options;
    this.results = results;
  }

  String markdown() {
    head();
    part("Warm: from then on until all are durable", Part.WARM);
    part("Cold: from the first event until %,d are read".formatted(options.warmUp()), Part.COLD);
    whole();
    faults();
    return String.join("\n", lines) + "\n";
  }

  private void head() {
    var workload = options.workload();
    line("%,d events of %d bytes, %,d keys (%s), %d partitions, %,d events an hour, %d s of disorder, %.1f %% late, seed %d;"
        + " rounds: %d", workload.events(), EventJson.length(), workload.keys(), workload.zipf() ? "zipf" : "uniform",
        options.partitions(), workload.perHour(), workload.disorderSeconds(), workload.late() * 100, workload.seed(), options.rounds());
  }

  private void part(String title, Part part) {
    line("");
    line("**%s**", title);
    line("");
    line("| CPU-seconds per million events | engine | engine + stores | Kafka | Cassandra | thousand events/s |");
    line("|---|---|---|---|---|---|");
    for (var engine : results.engines()) {
      var cassandra = engine.equals(Engines.HOURGLASS) ? cell(results.part(part, engine, Figures::cassandra)) : "–";
      line("| %s | %s | %s | %s | %s | %s |", engine, cell(results.part(part, engine, Figures::engine)),
          cell(results.withStores(part, engine)), cell(results.part(part, engine, Figures::kafka)), cassandra,
          cell(results.part(part, engine, Figures::rate)));
    }
  }

  private void whole() {
    line("");
    line("| whole run | engine, CPU-s per million | durable after, s | peak memory, MiB | results |");
    line("|---|---|---|---|---|");
    for (var engine : results.engines()) {
      var verdicts = results.of(engine).stream().map(run -> run.verdict().toString()).distinct().collect(Collectors.joining("; "));
      line("| %s | %s | %s | %s | %s |", engine, results.whole(engine, course -> course.whole().engine()),
          results.whole(engine, Course::seconds), results.whole(engine, Course::peakMiB), verdicts);
    }
  }

  private void faults() {
    for (var engine : results.engines()) {
      results.of(engine).forEach(run -> run.verdict().faults().forEach(fault -> line("- %s: %s", engine, fault)));
    }
  }

  private static String cell(Optional<Spread> spread) {
    return spread.map(Spread::toString).orElse("–");
  }

  private void line(String format, Object... values) {
    lines.add(format.formatted(values));
  }
}
