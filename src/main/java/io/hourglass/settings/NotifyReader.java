package io.hourglass.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.hourglass.settings.Notify.Alertmanager;
import io.hourglass.settings.Notify.Endpoint;
import io.hourglass.settings.Notify.Inhibition;
import io.hourglass.settings.Notify.Webhook;
import io.hourglass.silence.BadSilence;
import io.hourglass.silence.Matcher;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Reads {@code hourglass.notify}, each receiver on top of the defaults of its kind. */
final class NotifyReader {
  /** The blocks of {@code hourglass.notify} that are read here. */
  static final Set<String> BLOCKS = Set.of("webhooks", "alertmanagers", "webhook-defaults", "alertmanager-defaults");

  private static final String WORD = "letters, digits, - and _, 64 at most";
  private static final String URL = "http://… or https://…";
  private static final String GROUP_BY = "labels' names, or ... for all";
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration YEAR = Duration.ofDays(366);
  private static final Set<String> ENDPOINT = Set.of("url", "timeout", "headers", "match");
  private static final Set<String> WEBHOOK =
      Set.of("group-by", "group-wait", "group-interval", "repeat-interval", "send-resolved", "max-alerts", "secret");

  private final Block block;
  private final Faults faults;
  private final Set<String> names = new TreeSet<>();

  NotifyReader(Block block, Faults faults) {
    this.block = block;
    this.faults = faults;
  }

  Notify notifications() {
    return new Notify(
        block.text("topic", PipelineReader.TOPIC, PipelineReader::isTopic),
        block.optionalText("external-url", "empty, or " + URL, text -> text.isEmpty() || isUrl(text)).filter(text -> !text.isEmpty()),
        receivers("webhooks", "webhook-defaults", this::webhook),
        receivers("alertmanagers", "alertmanager-defaults", this::alertmanager),
        inhibitions());
  }

  private <T> List<T> receivers(String kind, String defaults, BiFunction<String, Block, T> read) {
    Block all = block.block(kind);
    List<T> found = new ArrayList<>();
    for (String name : new TreeSet<>(all.keys())) {
      if (!isWord(name)) {
        faults.add(all.path(name), name, WORD);
      }
      if (!names.add(name)) {
        faults.add(all.path(name), name, "a name that no other receiver has");
      }
      found.add(read.apply(name, all.block(name).over(block.block(defaults))));
    }
    return found;
  }

  private Webhook webhook(String name, Block hook) {
    hook.knows(union(ENDPOINT, WEBHOOK));
    return new Webhook(
        endpoint(name, hook), groupBy(hook),
        hook.duration("group-wait", Duration.ZERO, HOUR),
        hook.duration("group-interval", SECOND, Duration.ofDays(1)),
        hook.duration("repeat-interval", SECOND, YEAR),
        hook.flag("send-resolved"),
        hook.wholeNumber("max-alerts", 1, 10_000),
        hook.optionalText("secret", "text", text -> true).filter(text -> !text.isEmpty()));
  }

  private static List<String> groupBy(Block hook) {
    List<String> labels = hook.list("group-by", GROUP_BY);
    if (labels.stream().anyMatch(label -> !label.equals("...") && !label.matches("[A-Za-z_][A-Za-z0-9_]*"))) {
      hook.fault("group-by", GROUP_BY);
    }
    return labels.stream().distinct().sorted().toList();
  }

  private Alertmanager alertmanager(String name, Block target) {
    target.knows(union(ENDPOINT, Set.of("resend-after")));
    return new Alertmanager(endpoint(name, target), target.duration("resend-after", SECOND, HOUR));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }

  private Endpoint endpoint(String name, Block target) {
    return new Endpoint(name, target.text("url", URL, NotifyReader::isUrl),
        target.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(5)), texts(target.block("headers")), match(target.block("match")));
  }

  private static Map<String, String> texts(Block headers) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : new TreeSet<>(headers.keys())) {
      if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        headers.fault(name, name, "a header's name");
      }
      texts.put(name, headers.text(name, "text of one line", text -> text.lines().count() <= 1));
    }
    return texts;
  }

  private List<Matcher> match(Block match) {
    List<Matcher> matchers = new ArrayList<>();
    for (String label : new TreeSet<>(match.keys())) {
      Matcher matcher = new Matcher(label, match.text(label, "a regular expression", text -> true), true, true);
      try {
        matcher.check(label);
        matchers.add(matcher);
      } catch (BadSilence bad) {
        match.fault(label, bad.value(), bad.expected());
      }
    }
    return matchers;
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  private static boolean isWord(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }

  private List<Inhibition> inhibitions() {
    String expected = "a list of { pipeline = …, source = <rule>, target = <rule> }";
    if (!block.has("inhibitions")) {
      return List.of();
    }
    if (block.config().root().get("inhibitions").valueType() != ConfigValueType.LIST) {
      block.fault("inhibitions", expected);
      return List.of();
    }
    List<Inhibition> inhibitions = new ArrayList<>();
    for (ConfigValue each : block.config().getList("inhibitions")) {
      if (each instanceof ConfigObject one) {
        inhibitions.add(inhibition(one.toConfig(), "inhibitions[" + inhibitions.size() + "]"));
      } else {
        block.fault("inhibitions", expected);
      }
    }
    checkForCycles(inhibitions);
    return inhibitions;
  }

  private Inhibition inhibition(Config config, String name) {
    Block one = new Block(config, block.path("inhibitions") + name.substring("inhibitions".length()), faults);
    one.knows(Set.of("pipeline", "source", "target"));
    return new Inhibition(one.text("pipeline", WORD, NotifyReader::isWord), one.text("source", WORD, NotifyReader::isWord),
        one.text("target", WORD, NotifyReader::isWord));
  }

  /** Rules that mute themselves, by a detour or not, would all be silent. */
  private void checkForCycles(List<Inhibition> inhibitions) {
    Map<String, Set<String>> mutes = new TreeMap<>();
    inhibitions.forEach(each -> mutes.computeIfAbsent(each.pipeline() + "/" + each.source(), rule -> new TreeSet<>())
        .add(each.pipeline() + "/" + each.target()));
    for (String rule : mutes.keySet()) {
      if (reaches(rule, rule, mutes, new TreeSet<>())) {
        faults.add(block.path("inhibitions"), rule, "a rule that does not mute itself, by a detour or not");
      }
    }
  }

  private static boolean reaches(String from, String to, Map<String, Set<String>> mutes, Set<String> seen) {
    return mutes.getOrDefault(from, Set.of()).stream()
        .anyMatch(next -> next.equals(to) || seen.add(next) && reaches(next, to, mutes, seen));
  }
}
