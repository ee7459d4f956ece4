package io.hourglass.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One {@code { … }} of the configuration and where it stands. A value that is missing or wrong becomes a
 * fault, and something harmless is answered in its place so that reading can go on to the next fault.
 */
final class Block {
  private final Config config;
  private final String path;
  private final Faults faults;

  Block(Config config, String path, Faults faults) {
    this.config = config;
    this.path = path;
    this.faults = faults;
  }

  Config config() {
    return config;
  }

  /** The keys that are set here. */
  Set<String> keys() {
    return config.root().keySet();
  }

  String path(String key) {
    return path.isEmpty() ? ConfigUtil.joinPath(key) : path + "." + ConfigUtil.joinPath(key);
  }

  /** Makes every key but {@code known} a fault: most of them are typing errors. */
  void knows(Set<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        String close = known.stream().sorted().reduce((one, other) -> one + ", " + other).orElse("nothing");
        fault(key, "no such key; there is " + close);
      }
    }
  }

  boolean has(String key) {
    return config.root().containsKey(key) && config.root().get(key).valueType() != ConfigValueType.NULL;
  }

  /** The block under {@code key}; an empty one when there is none. Of what is no block only that is a fault. */
  Block block(String key) {
    ConfigValue value = config.root().get(key);
    if (value instanceof ConfigObject inner) {
      return new Block(inner.toConfig(), path(key), faults);
    }
    if (has(key)) {
      fault(key, "a block in braces");
    }
    return new Block(ConfigFactory.empty(), path(key), has(key) ? new Faults() : faults);
  }

  /** This block, with what it leaves out taken from {@code defaults}. */
  Block over(Block defaults) {
    return new Block(config.withFallback(defaults.config), path, faults);
  }

  String text(String key, String expected, Predicate<String> good) {
    String text = scalar(key, expected).orElse(null);
    if (text != null && !good.test(text)) {
      fault(key, expected);
    }
    return text == null ? "" : text;
  }

  Optional<String> optionalText(String key, String expected, Predicate<String> good) {
    return has(key) ? Optional.of(text(key, expected, good)) : Optional.empty();
  }

  private Optional<String> scalar(String key, String expected) {
    if (!has(key)) {
      faults.missing(path(key), expected);
      return Optional.empty();
    }
    ConfigValue value = config.root().get(key);
    if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
      fault(key, expected);
      return Optional.empty();
    }
    return Optional.of(String.valueOf(value.unwrapped()));
  }

  int wholeNumber(String key, int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    String text = text(key, expected, value -> isWholeNumber(value, least, most));
    return isWholeNumber(text, least, most) ? Integer.parseInt(text) : least;
  }

  private static boolean isWholeNumber(String text, int least, int most) {
    if (!text.matches("-?[0-9]{1,10}")) {
      return false;
    }
    long value = Long.parseLong(text);
    return value >= least && value <= most;
  }

  int port(String key) {
    return wholeNumber(key, 1, 65_535);
  }

  boolean flag(String key) {
    Set<String> yes = Set.of("true", "on", "yes");
    Set<String> no = Set.of("false", "off", "no");
    return yes.contains(text(key, "on or off", value -> yes.contains(value) || no.contains(value)));
  }

  Duration duration(String key, Duration least, Duration most) {
    return duration(key, least, most, Durations.range(least, most), value -> true);
  }

  /** A duration that also passes {@code good}; a fault says {@code expected}. */
  Duration duration(String key, Duration least, Duration most, String expected, Predicate<Duration> good) {
    Duration value = has(key) ? parsed(key) : null;
    if (!has(key)) {
      faults.missing(path(key), expected);
    } else if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0 || !good.test(value)) {
      fault(key, expected);
      return least;
    }
    return value == null ? least : value;
  }

  /** A duration, or nothing for {@code off}. */
  Optional<Duration> durationOrOff(String key, Duration least, Duration most) {
    boolean off = has(key) && Set.of("off", "false").contains(String.valueOf(config.root().get(key).unwrapped()));
    String expected = "off, or " + Durations.range(least, most);
    return off ? Optional.empty() : Optional.of(duration(key, least, most, expected, value -> true));
  }

  private Duration parsed(String key) {
    try {
      return config.getDuration(ConfigUtil.joinPath(key));
    } catch (ConfigException | ArithmeticException wrong) {
      return null;
    }
  }

  /** Scalars in a list; a single one may stand without brackets. */
  List<String> list(String key, String expected) {
    Object value = has(key) ? config.root().get(key).unwrapped() : null;
    if (value == null || value instanceof Map) {
      text(key, expected, text -> true);
      return List.of();
    }
    return value instanceof List<?> many ? many.stream().map(String::valueOf).toList() : List.of(String.valueOf(value));
  }

  /** Notes that there are more entries here than there may be. */
  void tooMany(int entries, int most) {
    faults.add(path, entries + " entries", "<= " + most);
  }

  /** Notes that what this block is called is not what was expected. */
  void named(String what, String name, String expected) {
    faults.add(path(what), name, expected);
  }

  /** Notes that the value of {@code key} is not what was expected. */
  void fault(String key, String expected) {
    faults.add(path(key), written(key), expected);
  }

  /** Notes that a part of the value of {@code key} is not what was expected. */
  void fault(String key, String part, String expected) {
    faults.add(path(key), part, expected);
  }

  private String written(String key) {
    ConfigValue value = config.root().get(key);
    boolean scalar = value.valueType() != ConfigValueType.OBJECT && value.valueType() != ConfigValueType.LIST;
    String text = scalar ? String.valueOf(value.unwrapped()) : value.render(ConfigRenderOptions.concise());
    return text.isEmpty() ? "\"\"" : text.replaceAll("\\s*\\R\\s*", " ");
  }
}
