package io.hourglass.services;

import java.nio.file.Path;

/** Where the project's files are: the directory of its {@code pom.xml}, by the system property {@code basedir}. */
public final class Checkout {
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

  private Checkout() {}

  /** {@code Checkout.path("src/samples")}: absolute, whatever the working directory is. */
  public static Path path(String relative) {
    return BASE.resolve(relative);
  }

  /** The path as a person in the project's directory would write it. */
  public static String shown(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    return (absolute.startsWith(BASE) ? BASE.relativize(absolute) : absolute).toString();
  }
}
