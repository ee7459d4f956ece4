package io.hourglass.gatling;

import io.hourglass.services.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Starts the servers and a node, lets the stream run, and has Gatling measure one scenario after the other. Ends with a
 * failure when a bar is not met, unless {@code -Dbars=off}.
 */
public final class HttpLoadTest {
  /** The node has kept up when it has read all but the events of so many seconds. */
  private static final int LAG_SECONDS = 2;
  private static final double HELD_PACE = 0.99;

  private final Options options = Options.read();
  private final Report report = new Report(options);
  private final Stage stage = new Stage(options);

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    HttpLoadTest test = new HttpLoadTest();
    Runtime.getRuntime().addShutdownHook(new Thread(test.stage::close, "gatling-stop"));
    boolean passed = test.run();
    System.exit(passed || !test.options.bars() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    say("starting Kafka, Cassandra and the node");
    stage.start();
    say("filling the pipelines");
    stage.fillHot();
    if (options.only().contains(Trial.COLD)) {
      stage.fillCold();
    }
    try (Feed feed = new Feed(stage.kafka(), options.rate(), options.keys())) {
      say("warming up for " + options.warmup() + " s");
      Await.pause(Duration.ofSeconds(options.warmup()));
      for (Trial trial : options.only()) {
        say(trial.option() + ": " + trial.title);
        attempt(trial, feed);
      }
    }
    report.write(Stage.DATA.resolve("report.md"));
    return report.passed();
  }

  /** One that fails does not keep the others from being measured. */
  private void attempt(Trial trial, Feed feed) throws IOException, InterruptedException {
    try {
      measure(trial, feed);
    } catch (IllegalStateException e) {
      report.fault(trial, e.getMessage());
    }
  }

  private void measure(Trial trial, Feed feed) throws IOException, InterruptedException {
    long before = feed.written();
    Cpu start = stage.cpu();
    List<Figure> figures = new GatlingRun(stage, trial).run();
    Cpu end = stage.cpu();
    long lag = stage.lag();
    double pace = (feed.written() - before) / ((end.atNs() - start.atNs()) / 1e9);
    figures.forEach(figure -> report.figure(trial, figure));
    report.remark(trial, "%,.0f events/s sent, %,d not read at the end; %s, Gatling's start included".formatted(
        pace, lag, end.coresSince(start)));
    judge(trial, pace, lag);
  }

  private void judge(Trial trial, double pace, long lag) {
    if (pace < HELD_PACE * options.rate()) {
      report.fault(trial, "%,.0f events/s were sent (expected: %,d)".formatted(pace, options.rate()));
    }
    if (lag > (long) LAG_SECONDS * options.rate()) {
      report.fault(trial, "%,d events not read at the end (expected: <= %,d)".formatted(lag, LAG_SECONDS * options.rate()));
    }
  }

  private static void say(String message) {
    System.err.println(message);
  }
}
