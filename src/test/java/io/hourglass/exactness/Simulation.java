package io.hourglass.exactness;

import io.hourglass.ingest.DirtyKeys;
import io.hourglass.window.KeySpec;
import io.hourglass.window.PaneSpec;
import io.hourglass.window.Watermark;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One random history of the exactness protocol: the real {@code KeyWindows}, {@code KeyState} and {@code
 * DirtyKeys} in a world that loses, doubles, delays and reorders messages, crashes entities and ingesters,
 * leaves zombies of both behind, passivates, hands off, snapshots and rewinds. Then the world calms down, and what
 * the keys hold is compared with one plain pass over the log.
 */
final class Simulation {
  static final WindowSpec WINDOW = new WindowSpec(60_000, ZoneOffset.UTC, 5_000, 10_000);
  /** Panes that do not fit into windows. */
  static final PaneSpec PANES = new PaneSpec(25_000, 100_000);
  static final KeySpec KEYS = new KeySpec(WINDOW, PANES, List.of(), 86_400_000);
  private static final int EVENTS = 300;
  private static final int STEPS = 1500;

  final List<Truth.Event> log = new ArrayList<>();
  long now;
  int steps;
  private final Random random;
  private final Mutation mutation;
  private final Map<String, SimulatedEntity> entities = new TreeMap<>();
  private final List<Runnable> network = new ArrayList<>();
  private final double lossy;
  private SimulatedIngester ingester;
  private SimulatedIngester zombie;
  private DirtyKeys.Commit committed = new DirtyKeys.Commit(0, Watermark.NONE);
  private long runs;

  Simulation(long seed, Mutation mutation) {
    this.random = new Random(seed);
    this.mutation = mutation;
    this.lossy = random.nextDouble() * 0.1;
    int keys = 1 + random.nextInt(60);
    long time = 1_000_000_000;
    for (int i = 0; i < EVENTS; i++) {
      time += random.nextInt(4_000);
      long disorder = random.nextInt(4) == 0 ? random.nextInt(120_000) : random.nextInt(5_000);
      log.add(new Truth.Event("k" + random.nextInt(keys), time - disorder));
    }
    ingester = new SimulatedIngester(this, mutation, committed);
  }

  /** Returns what is wrong, or null. */
  String run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    calm();
    return difference();
  }

  private void step() {
    steps++;
    now++;
    switch (random.nextInt(27)) {
      case 0, 1, 2 -> ingester.read(1 + random.nextInt(6));
      case 3, 4, 5 -> ingester.persist(random.nextInt(4) == 0);
      case 6 -> ingester.advance(anyKey());
      case 7 -> committed = ingester.commit();
      case 8 -> rarely(5, () -> entity(anyKey()).crash());
      case 9 -> rarely(6, () -> entity(anyKey()).stop(random.nextBoolean()));
      case 10 -> rarely(4, this::crashIngester);
      case 11 -> rarely(30, ingester::rewind);
      case 12 -> zombieActs();
      case 13 -> rarely(5, () -> entity(anyKey()).lose());
      case 14 -> entity(anyKey()).land();
      case 15 -> rarely(3, ingester::persistAgain);
      default -> deliver();
    }
  }

  private void rarely(int oneIn, Runnable fault) {
    if (random.nextInt(oneIn) == 0) {
      fault.run();
    }
  }

  /** Often right after a commit, when it matters most what was committed. */
  private void crashIngester() {
    committed = random.nextBoolean() ? ingester.commit() : committed;
    zombie = random.nextBoolean() ? ingester : null;
    ingester = new SimulatedIngester(this, mutation, committed);
  }

  /** A zombie goes on for a while: it reads and tells, but the broker refuses its commits. */
  private void zombieActs() {
    if (zombie != null) {
      switch (random.nextInt(4)) {
        case 0 -> zombie.read(1 + random.nextInt(6));
        case 1 -> zombie.persist(true);
        case 2 -> zombie.advance(anyKey());
        default -> rarely(10, () -> zombie = null);
      }
    }
  }

  private String anyKey() {
    return log.get(random.nextInt(log.size())).key();
  }

  SimulatedEntity entity(String key) {
    return entities.computeIfAbsent(key, name -> new SimulatedEntity(KEYS, mutation, random));
  }

  Watermark watermark(long restored) {
    return new Watermark(WINDOW.outOfOrdernessMs(), restored);
  }

  /** Whether an ingester still knows what it told a key. */
  boolean remembers() {
    return random.nextInt(8) > 0;
  }

  long nextRun() {
    return ++runs;
  }

  /** Mostly arrives; may be lost, may come twice. */
  void send(Runnable message) {
    if (random.nextDouble() >= lossy) {
      network.add(message);
    }
    if (random.nextDouble() < lossy / 2) {
      network.add(message);
    }
  }

  /** Mostly the oldest message; now and then any, so that some linger and some overtake. */
  private void deliver() {
    if (!network.isEmpty()) {
      int which = random.nextInt(8) == 0 ? random.nextInt(network.size()) : 0;
      network.remove(which).run();
    }
  }

  /** No more faults: read on, persist, and give up waiting as a time-out does, until all is durable. */
  private void calm() {
    zombie = null;
    for (int round = 0; round < 2_000 && !(ingester.finished() && network.isEmpty()); round++) {
      steps++;
      now += 10;
      ingester.read(5);
      ingester.persist(true);
      while (!network.isEmpty()) {
        network.remove(0).run();
      }
      if (ingester.waiting()) {
        ingester.rewind();
      }
    }
    committed = ingester.commit();
    entities.values().forEach(this::readAgain);
  }

  /** What counts in the end is what the journal holds, with whatever lands in it late. */
  private void readAgain(SimulatedEntity entity) {
    for (int i = 0; i < 3; i++) {
      entity.land();
    }
    entity.crash();
  }

  private String difference() {
    if (!ingester.finished()) {
      return "never settled";
    }
    Truth truth = Truth.of(log, WINDOW);
    for (String key : log.stream().map(Truth.Event::key).distinct().toList()) {
      SimulatedEntity entity = entity(key);
      String wrong = entity.violation;
      wrong = wrong != null ? wrong : compare("counts", truth.counts().get(key), entity.counts());
      wrong = wrong != null ? wrong : compare("late", truth.late().get(key), entity.lateCounts());
      wrong = wrong != null ? wrong : rolling(truth, key, entity.rolling());
      if (wrong != null) {
        return key + ": " + wrong;
      }
    }
    return null;
  }

  /** Empty when every event of the key came too late. */
  private static String rolling(Truth truth, String key, List<WindowResult> rolling) {
    long found = rolling.stream().mapToLong(WindowResult::count).sum();
    long expected = rolling.stream().mapToLong(each -> truth.between(key, each.start(), each.end())).sum();
    return found == expected ? null : "rolling " + rolling + " (expected: " + expected + ")";
  }

  private static String compare(String what, Map<Long, Long> expected, Map<Long, Long> found) {
    Map<Long, Long> wanted = expected == null ? Map.of() : expected;
    return wanted.equals(found) ? null : what + " " + found + " (expected: " + wanted + ")";
  }
}
