package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's configuration file with {@code ${name}} where a value belongs that is only known at start. */
final class Template {
  private static final Pattern NAME = Pattern.compile("\\$\\{([a-zA-Z]+)}");

  private final Path source;

  Template(Path source) {
    this.source = source;
  }

  /** Writes the file with every name filled in; a name without a value is a mistake in the template. */
  void write(Path target, Map<String, ?> values) {
    try {
      Files.createDirectories(target.getParent());
      Files.writeString(target, NAME.matcher(Files.readString(source)).replaceAll(m -> value(m.group(1), values)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String value(String name, Map<String, ?> values) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(source + ": ${" + name + "} (expected: one of " + values.keySet() + ")");
    }
    return Matcher.quoteReplacement(value.toString());
  }
}
