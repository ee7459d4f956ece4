package io.hourglass.gatling;

import io.hourglass.services.Checkout;
import io.hourglass.services.JvmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A simulation in a JVM of its own. */
final class GatlingRun {
  private final Stage stage;
  private final Trial trial;
  private final Path results;

  GatlingRun(Stage stage, Trial trial) {
    this.stage = stage;
    this.trial = trial;
    this.results = Stage.DATA.resolve(trial.option());
  }

  List<Figure> run() throws IOException, InterruptedException {
    Files.createDirectories(results);
    Path log = Stage.DATA.resolve(trial.option() + ".log");
    Process gatling = command().start(log);
    try {
      int exit = gatling.waitFor();
      if (exit != 0) {
        throw new IllegalStateException("Gatling ended with exit code " + exit + ": see " + Checkout.shown(log));
      }
    } finally {
      gatling.destroy();
    }
    return Outcome.read(results);
  }

  private JvmCommand command() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "-Dlogback.configurationFile=logback-gatling.xml", "-Dgatling.data.enableAnalytics=false", "-Dgatling.data.console.writePeriod=20",
        "-Dnode=" + stage.api(), "-Dkafka=" + stage.kafka(), "-Dresults=" + results, "-Djava.util.prefs.userRoot=" + results));
    options.addAll(Options.asJvmOptions());
    return new JvmCommand("io.gatling.app.Gatling").classPath(System.getProperty("java.class.path")).options(options)
        .arguments("-nr", "-s", trial.simulation.getName(), "-rf", results.toString());
  }
}
