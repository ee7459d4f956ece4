package io.hourglass.exactness;

import io.hourglass.ingest.DirtyKeys;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Source;
import io.hourglass.window.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An ingester as {@code PartitionIngester} runs it, reading the simulated log. */
final class SimulatedIngester {
  static final Source SOURCE = new Source("topic", 0);
  private static final long PERSIST_AFTER = 20;

  private final Simulation world;
  private final Mutation mutation;
  private final DirtyKeys dirty;
  /** Keys that were asked to persist, and what was named then. */
  private final Map<String, Long> persisting = new TreeMap<>();
  /** What each key was told in this run. */
  private final Map<String, List<Observation>> told = new TreeMap<>();
  private Watermark watermark;
  long run;

  SimulatedIngester(Simulation world, Mutation mutation, DirtyKeys.Commit from) {
    this.world = world;
    this.mutation = mutation;
    long restored = mutation == Mutation.FORGET_WATERMARK ? Watermark.NONE : from.watermark();
    this.dirty = new DirtyKeys(from.offset(), restored);
    this.watermark = world.watermark(restored);
    this.run = world.nextRun();
  }

  /** Reads up to {@code most} records and tells their keys. */
  void read(int most) {
    Map<String, List<Observation>> byKey = new LinkedHashMap<>();
    Map<String, Long> before = new LinkedHashMap<>();
    long offset = dirty.position();
    for (; offset < world.log.size() && offset < dirty.position() + most; offset++) {
      Truth.Event event = world.log.get((int) offset);
      before.putIfAbsent(event.key(), watermark.current());
      long stamp = watermark.observe(event.timestamp());
      byKey.computeIfAbsent(event.key(), key -> new ArrayList<>())
          .add(new Observation(offset, event.timestamp(), stamp, new double[0], null));
    }
    byKey.forEach((key, observations) -> {
      long previous = mutation == Mutation.NO_PREVIOUS ? KeyWindows.NO_PREVIOUS : dirty.previous(key);
      long last = observations.get(observations.size() - 1).offset();
      dirty.sent(key, observations.get(0).offset(), last, before.get(key), world.now);
      told.computeIfAbsent(key, each -> new ArrayList<>()).addAll(observations);
      tell(key, previous, observations);
    });
    dirty.moved(offset, watermark.current());
  }

  private void tell(String key, long previous, List<Observation> observations) {
    long asked = run;
    world.send(() -> {
      if (!world.entity(key).observe(SOURCE, previous, observations)) {
        world.send(() -> gap(key, asked));
      }
    });
  }

  /** Asks the oldest key to persist. */
  void persist(boolean hurry) {
    DirtyKeys.Due due = dirty.nextToPersist(hurry ? Long.MAX_VALUE : world.now - PERSIST_AFTER);
    if (due != null) {
      persisting.put(due.key(), due.last());
      persist(due.key(), due.last());
    }
  }

  /** Asks those that have not answered once more. */
  void persistAgain() {
    persisting.forEach((key, last) -> persist(key, mutation == Mutation.ASK_AGAIN_AS_BEFORE ? last : dirty.previous(key)));
  }

  private void persist(String key, long last) {
    long asked = run;
    long mark = watermark.current();
    world.send(() -> {
      OptionalLong durable = world.entity(key).persist(SOURCE, last, mark);
      world.send(() -> {
        if (asked != run) {
          return;
        } else if (durable.isPresent()) {
          durable(key, durable.getAsLong());
        } else {
          gap(key, asked);
        }
      });
    });
  }

  /** Tells a quiet key the watermark, as a sweep does. */
  void advance(String key) {
    long asked = run;
    long previous = dirty.previous(key);
    long mark = watermark.current();
    world.send(() -> {
      if (!world.entity(key).advance(SOURCE, previous, mark)) {
        world.send(() -> gap(key, asked));
      }
    });
  }

  private void durable(String key, long offset) {
    if (dirty.durable(key, mutation == Mutation.ANY_ANSWER_IS_DURABLE ? Long.MAX_VALUE : offset)) {
      persisting.remove(key);
    }
  }

  /** Mostly the key is told again, now and then what it lost is too long ago. */
  private void gap(String key, long asked) {
    if (asked == run && world.remembers()) {
      tellAgain(key);
    } else if (asked == run) {
      rewind();
    }
  }

  private void tellAgain(String key) {
    long first = mutation == Mutation.TELL_THE_LAST_AGAIN ? dirty.previous(key) : dirty.first(key);
    if (first != KeyWindows.NO_PREVIOUS) {
      tell(key, KeyWindows.NO_PREVIOUS, told.get(key).stream().filter(each -> each.offset() >= first).toList());
    }
    if (persisting.containsKey(key)) {
      persist(key, dirty.previous(key));
    }
  }

  /** Also what a missing answer leads to. */
  void rewind() {
    dirty.rewind();
    persisting.clear();
    told.clear();
    watermark = world.watermark(dirty.watermark());
    run = world.nextRun();
  }

  DirtyKeys.Commit commit() {
    DirtyKeys.Commit commit = dirty.commit();
    return switch (mutation) {
      case COMMIT_POSITION -> new DirtyKeys.Commit(dirty.position(), dirty.watermark());
      case COMMIT_ONE_TOO_FAR -> new DirtyKeys.Commit(Math.min(dirty.position(), commit.offset() + 1), commit.watermark());
      default -> commit;
    };
  }

  boolean finished() {
    return dirty.isEmpty() && dirty.position() == world.log.size();
  }

  boolean waiting() {
    return dirty.persisting() > 0;
  }
}
