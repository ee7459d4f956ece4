package io.hourglass.load.cluster;

import io.hourglass.services.Checkout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars of a rolling upgrade: {@code base} is this checkout as it is built, {@code step-1} and {@code step-2} are its
 * sources with {@code load-tests/rolling/<step>.patch} applied, built in {@code target/rolling-builds/<step>}.
 */
public final class Builds {
  static final String BASE = "base";
  static final List<String> STEPS = List.of("step-1", "step-2");

  private Builds() {}

  public static void main(String[] arguments) throws IOException {
    ServerClasspaths.main(arguments);
    for (var step : STEPS) {
      Screen.say("building %s", step);
      build(step);
    }
  }

  static Path jar(String build) {
    return build.equals(BASE) ? Checkout.path("target/hourglass.jar") : directory(build).resolve("target/hourglass.jar");
  }

  private static Path directory(String step) {
    return Checkout.path("target/rolling-builds").resolve(step);
  }

  private static void build(String step) throws IOException {
    var target = directory(step);
    run(Checkout.path(""), "rm", "-rf", target.toString());
    Files.createDirectories(target);
    for (var part : List.of("pom.xml", "src", "conf")) {
      copy(Checkout.path(part), target.resolve(part));
    }
    // outside a repository of its own git would apply nothing to an ignored directory
    run(target, "git", "init", "-q");
    run(target, "git", "apply", Checkout.path("load-tests/rolling").resolve(step + ".patch").toString());
    run(target, Stream.concat(Stream.of("mvn", "-B", "-q", "-Dmaven.test.skip=true"), Stream.concat(settings(), Stream.of("package")))
        .toArray(String[]::new));
  }

  private static Stream<String> settings() {
    var file = System.getProperty("maven.settings", "").replaceFirst("^file:", "");
    return !file.isBlank() && Files.exists(Path.of(file)) ? Stream.of("-s", file) : Stream.empty();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        Files.createDirectories(to.resolve(from.relativize(directory).toString()));
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        var target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  private static void run(Path directory, String... line) {
    Shell.run(directory, List.of(line));
  }
}
