package io.hourglass.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.util.List;

/**
 * The configuration as text: {@code -Dconfig.file} (or another way that Typesafe Config knows), on top of
 * the defaults in {@code reference.conf}, with the environment filled in.
 */
public final class ConfigSource {
  private ConfigSource() {}

  /** @throws BadSettings when there is no such file or it is not HOCON: one line that says where */
  public static Config load() {
    try {
      ConfigFactory.invalidateCaches();
      return ConfigFactory.load();
    } catch (ConfigException wrong) {
      throw new BadSettings(List.of(line(wrong)));
    }
  }

  /** As {@link #load()} with {@code file} in place of the one that is named by system properties. */
  public static Config load(File file) {
    try {
      return ConfigFactory.load(ConfigFactory.parseFile(file, notMissing()));
    } catch (ConfigException wrong) {
      throw new BadSettings(List.of(line(wrong)));
    }
  }

  private static ConfigParseOptions notMissing() {
    return ConfigParseOptions.defaults().setAllowMissing(false);
  }

  private static String line(ConfigException wrong) {
    String message = String.valueOf(wrong.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    if (wrong instanceof ConfigException.IO) {
      return "config.file: " + message + " (expected: a file that can be read)";
    }
    if (wrong instanceof ConfigException.UnresolvedSubstitution) {
      return "configuration: " + message + " (expected: substitutions that are defined)";
    }
    return "configuration: " + message + " (expected: HOCON)";
  }
}
