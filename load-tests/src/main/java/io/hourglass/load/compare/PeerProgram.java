package io.hourglass.load.compare;

import io.hourglass.services.Checkout;
import io.hourglass.services.JvmCommand;
import io.hourglass.services.ServerFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of a peer: a module below {@code load-tests/peers}, with a class path of its own.
 *
 * @param module {@code raw}, {@code streams} or {@code flink}
 * @param mode a way to set it up
 */
record PeerProgram(String module, String mode) {
  private static final String HEAP = "-Xmx2g";
  /** Those of Flink's own configuration for Java 17. */
  private static final List<String> FLINK_OPENS = List.of("java.lang", "java.net", "java.io", "java.nio", "java.lang.reflect", "java.text",
      "java.time", "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks", "sun.nio.ch");

  JvmCommand command() {
    return new JvmCommand(mainClass()).classPath(classPath()).options(options());
  }

  private String mainClass() {
    return "io.hourglass.peers." + module + "." + Character.toUpperCase(module.charAt(0)) + module.substring(1) + "Peer";
  }

  private String classPath() {
    var target = Checkout.path("load-tests/peers").resolve(module).resolve("target");
    try {
      return target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw new ServerFailure(Checkout.shown(target) + ": not built (expected: mvn -f load-tests verify -Pcompare)", e);
    }
  }

  private List<String> options() {
    var options = new ArrayList<>(Options.jvm(module + ".options", HEAP + " " + collector()));
    options.addAll(List.of("-XX:+ExitOnOutOfMemoryError", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    if (module.equals("flink")) {
      FLINK_OPENS.forEach(opened -> options.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
    }
    return options;
  }

  /** The garbage collector that costs least with it. */
  private String collector() {
    return "-XX:+UseParallelGC";
  }
}
