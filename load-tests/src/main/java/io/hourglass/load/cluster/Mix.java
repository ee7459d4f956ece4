package io.hourglass.load.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which fault comes next: of a list of names, or of all that the machine allows; each once before any comes again. */
final class Mix {
  private static final int SHORTEST_PAUSE_MS = 2_000;
  private static final int PAUSES_MS = 6_000;

  private final Random random;
  private final List<Fault> kinds;
  private final List<Fault> skipped;
  private final List<Fault> bag = new ArrayList<>();

  /** @param mix {@code random}, or names with commas between */
  Mix(String mix, long seed, Predicate<Fault> possible) {
    random = new Random(seed);
    var wanted = mix.equals("random") ? FaultActions.all() : Stream.of(mix.split(",")).map(Mix::named).toList();
    kinds = wanted.stream().filter(possible).toList();
    skipped = wanted.stream().filter(possible.negate()).toList();
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("mix: " + mix + " (expected: a fault that this machine allows)");
    }
  }

  private static Fault named(String name) {
    return FaultActions.all().stream().filter(fault -> fault.option().equals(name.strip())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("mix: " + name + " (expected: random, or of "
            + FaultActions.all().stream().map(Fault::option).toList() + ")"));
  }

  List<Fault> skipped() {
    return skipped;
  }

  Random random() {
    return random;
  }

  /** One, or of a mix one time in three two that strike at once. */
  List<Fault> next() {
    var first = draw();
    var second = random.nextInt(3) == 0 && kinds.size() > 1 ? draw() : first;
    return first.where == second.where ? back(first, second) : List.of(first, second);
  }

  private List<Fault> back(Fault first, Fault second) {
    if (first != second) {
      bag.add(0, second);
    }
    return List.of(first);
  }

  private Fault draw() {
    if (bag.isEmpty()) {
      bag.addAll(kinds);
      Collections.shuffle(bag, random);
    }
    return bag.remove(bag.size() - 1);
  }

  Duration pause() {
    return Duration.ofMillis(SHORTEST_PAUSE_MS + random.nextInt(PAUSES_MS));
  }
}
