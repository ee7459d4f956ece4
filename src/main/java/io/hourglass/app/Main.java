package io.hourglass.app;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.hourglass.settings.BadSettings;
import io.hourglass.settings.ConfigSource;
import io.hourglass.settings.Settings;
import io.hourglass.settings.SettingsReader;
import io.hourglass.trial.RuleTests;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Starts a node; or, with {@code --schema}, creates the keyspace and its tables and ends; or, with {@code score FILE},
 * scores the series in a file and ends; or, with {@code rules test FILE}, tries rules on events and ends. Exit status: 143
 * after SIGTERM and a clean stop, 0 when the schema is there, the file is scored or all tests pass, 1 when a test fails or
 * the settings, a port or the file are wrong, said in one line per fault, 2 when the cluster
 * has put the node out or did not let it in: start it again.
 */
public final class Main {
  private static final String USAGE = """
      usage: java [-Dconfig.file=FILE] -jar hourglass.jar             start a node
             java [-Dconfig.file=FILE] -jar hourglass.jar --schema    create the keyspace and its tables
             java [-Dconfig.file=FILE] -jar hourglass.jar rules test FILE     try a pipeline's rules on events
             java -jar hourglass.jar score FILE.csv                   timestamp,value in, timestamp,anomaly_score out""";

  private static final int BAD = 1;
  private static final int PUT_OUT = 2;

  private Main() {}

  public static void main(String[] arguments) {
    List<String> options = List.of(arguments);
    if (options.isEmpty()) {
      shareCommonPool();
      startNode(settings());
    } else if (options.equals(List.of("--schema"))) {
      shareCommonPool();
      Schema.create(settings().cassandra());
    } else if (options.size() == 2 && options.get(0).equals("score")) {
      score(Path.of(options.get(1)));
    } else if (options.size() == 3 && options.subList(0, 2).equals(List.of("rules", "test"))) {
      testRules(Path.of(options.get(2)));
    } else {
      fail(String.join(" ", options) + ": unknown (expected: nothing, --schema, rules test FILE or score FILE.csv)\n" + USAGE);
    }
  }

  private static Settings settings() {
    try {
      return SettingsReader.read(ConfigSource.load());
    } catch (BadSettings bad) {
      throw fail(String.join("\n", bad.faults()));
    }
  }

  private static void score(Path file) {
    try (PrintStream out = ScoreFile.standardOutput()) {
      ScoreFile.score(file, out);
    } catch (ScoreFile.BadFile bad) {
      fail(bad.getMessage());
    }
  }

  private static void testRules(Path file) {
    try {
      if (!RuleTests.run(file, settings().pipelines(), System.out)) {
        System.out.flush();
        Runtime.getRuntime().halt(BAD);
      }
    } catch (IllegalArgumentException bad) {
      fail(bad.getMessage());
    }
  }

  private static void startNode(Settings settings) {
    Config config = NodeConfig.of(settings);
    try {
      ActorSystem.create(Node.create(settings), "hourglass", config);
    } catch (RuntimeException failure) {
      fail("remoting port " + config.getInt("akka.remote.artery.canonical.port") + ": " + rootOf(failure) + " (expected: a free port)");
    }
  }

  /** On two cores or fewer the JDK would start a thread for every asynchronous step of a future. */
  private static void shareCommonPool() {
    String parallelism = "java.util.concurrent.ForkJoinPool.common.parallelism";
    if (System.getProperty(parallelism) == null) {
      System.setProperty(parallelism, Integer.toString(Math.max(2, Runtime.getRuntime().availableProcessors())));
    }
  }

  static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** Says why on standard error and ends with status 1; never returns. */
  static IllegalStateException fail(String why) {
    System.err.println(why);
    Runtime.getRuntime().halt(BAD);
    return new IllegalStateException(why);
  }

  /** Ends at once, with nothing more written or sent: this node has lost its keys, or may have. */
  static void end(String why) {
    LoggerFactory.getLogger(Main.class).error(why);
    System.err.println(why);
    Runtime.getRuntime().halt(PUT_OUT);
  }
}
