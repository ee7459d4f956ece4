package io.hourglass.services;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The class path of a server, from {@code src/services/<name>/pom.xml}.
 *
 * <p>Each server has its own, as their jars clash with each other's and with the node's. Maven resolves it in a process
 * of its own, once: the answer stays in {@code target/services/<name>.classpath} and is asked for again when the pom is
 * newer or a jar is missing. The first time downloads some 100 MB; after that no network is needed.
 *
 * <p>System properties: {@code maven.home} (else {@code mvn} on the PATH), {@code maven.settings} (a settings file, its
 * path or {@code file:} and its path), {@code maven.repo.local}.
 */
public final class ServerClasspath {
  private static final boolean UNIX = File.separatorChar == '/';
  private static final int LINES_KEPT = 30;

  private final String name;
  private final Path pom;
  private final Path cache;

  public ServerClasspath(String name) {
    this.name = name;
    this.pom = Checkout.path("src/services/" + name + "/pom.xml");
    this.cache = Checkout.path("target/services/" + name + ".classpath");
  }

  /** The class path; {@code progress} is told what is being downloaded, if anything. */
  public String resolve(Consumer<String> progress) {
    synchronized (ServerClasspath.class) { // two Mavens at a time would write the same files of the local repository
      if (!isCurrent()) {
        runMaven(progress);
      }
      return read();
    }
  }

  /** Whether {@link #resolve} will answer at once. */
  public boolean isCurrent() {
    try {
      return Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(pom)) >= 0
          && Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(read())
              .allMatch(jar -> Files.exists(Path.of(jar)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() {
    try {
      return Files.readString(cache).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runMaven(Consumer<String> progress) {
    progress.accept("resolving its class path with Maven");
    try {
      Files.createDirectories(cache.getParent());
      var fresh = cache.resolveSibling(name + ".classpath.new");
      var maven = new ProcessBuilder(line(fresh)).directory(pom.getParent().toFile()).redirectErrorStream(true).start();
      maven.getOutputStream().close();
      var last = follow(maven, progress);
      if (maven.waitFor() != 0) {
        throw new ServerFailure("No class path for " + name + ". Maven said:\n" + String.join("\n", last));
      }
      Files.move(fresh, cache, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ServerFailure("No class path for " + name + ": Maven could not be run (" + executable() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailure("interrupted");
    }
  }

  private List<String> line(Path output) {
    var line = new ArrayList<>(List.of(executable(), "-B", "-f", pom.toString()));
    var settings = System.getProperty("maven.settings", "").replaceFirst("^file:", "");
    if (!settings.isBlank() && Files.exists(Path.of(settings))) {
      line.addAll(List.of("-s", settings));
    }
    var repository = System.getProperty("maven.repo.local", "");
    if (!repository.isBlank()) {
      line.add("-Dmaven.repo.local=" + repository);
    }
    line.addAll(List.of("dependency:build-classpath", "-Dmdep.outputFile=" + output));
    return line;
  }

  private static String executable() {
    var command = UNIX ? "mvn" : "mvn.cmd";
    var home = System.getProperty("maven.home", "");
    var script = Path.of(home, "bin", command);
    return !home.isBlank() && Files.exists(script) ? script.toString() : command;
  }

  private static List<String> follow(Process maven, Consumer<String> progress) throws IOException {
    var last = new ArrayDeque<String>();
    var jars = 0;
    try (var lines = new BufferedReader(new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("Downloaded from") && line.contains(".jar ")) {
          progress.accept("downloading, " + ++jars + " jars so far");
        }
        last.add(line);
        if (last.size() > LINES_KEPT) {
          last.remove();
        }
      }
    }
    return List.copyOf(last);
  }
}
