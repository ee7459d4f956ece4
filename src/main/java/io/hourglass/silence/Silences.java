package io.hourglass.silence;

import akka.Done;
import io.hourglass.shared.SharedTable.Entry;
import io.hourglass.shared.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All silences, as every node knows them. What is said of one is said by Alertmanager's rules ({@code silence.Silences}):
 * a change that would alter what was muted so far makes a new silence and ends the old one. For many threads.
 */
public final class Silences implements AutoCloseable {
  /** Kept at a time, those that have ended included. */
  public static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Silences.class);
  /** An ended one can be looked up for so long, as in Alertmanager. */
  private static final Duration KEEP_ENDED = Duration.ofHours(120);

  private record Kept(Silence silence, Predicate<Map<String, String>> matches) {}

  private final Table table;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private Silences(Table table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Completes when all silences are known. The table is closed with this. */
  public static CompletionStage<Silences> open(Table table, InstantSource clock) {
    Silences silences = new Silences(table, clock);
    table.listen(change -> silences.take(change.key()));
    return table.loaded().thenApply(loaded -> {
      table.all().keySet().forEach(silences::take);
      return silences;
    });
  }

  /** As the table has it by now; for any thread. */
  private void take(String id) {
    kept.compute(id, (same, before) -> table.get(id).map(found -> read(id, found)).orElse(null));
  }

  private static Kept read(String id, Entry entry) {
    try {
      Silence silence = SilenceJson.read(entry.value());
      return new Kept(silence, silence.compiled());
    } catch (RuntimeException bad) {
      LOG.warn("silence {}: not one that this version reads; left out: {}", id, bad.getMessage());
      return null;
    }
  }

  /** Ids of those that mute alerts with these labels now, in order. */
  public List<String> muting(Map<String, String> labels) {
    if (kept.isEmpty()) {
      return List.of();
    }
    long now = clock.millis();
    List<String> ids = new ArrayList<>();
    kept.values().forEach(each -> {
      if (each.silence().state(now) == Silence.State.ACTIVE && each.matches().test(labels)) {
        ids.add(each.silence().id());
      }
    });
    ids.sort(Comparator.naturalOrder());
    return ids;
  }

  /** Whether there is none at all, so that nothing need be asked. */
  public boolean none() {
    return kept.isEmpty();
  }

  /** All, the one that begins last first. */
  public List<Silence> all() {
    return kept.values().stream().map(Kept::silence)
        .sorted(Comparator.comparingLong(Silence::startsAt).reversed().thenComparing(Silence::id)).toList();
  }

  public Optional<Silence> get(String id) {
    return Optional.ofNullable(kept.get(id)).map(Kept::silence);
  }

  /**
   * Keeps a silence: a new one where its id is empty, else in place of the one with this id.
   *
   * @return its id, which is another one where the change could not be made in place; empty: there is none to replace. The
   *     stage fails when Kafka does not take it
   * @throws BadSilence when it cannot be
   */
  public CompletionStage<Optional<String>> set(Silence silence) {
    long now = clock.millis();
    silence.checked(now);
    if (silence.id().isEmpty()) {
      return create(silence, now);
    }
    Optional<Silence> before = get(silence.id());
    if (before.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (before.get().mayBecome(silence, now)) {
      return write(silence.kept(silence.id(), silence.startsAt(), now));
    }
    return create(silence, now).thenCompose(created -> expire(silence.id()).thenApply(ended -> created));
  }

  private CompletionStage<Optional<String>> create(Silence silence, long now) {
    if (kept.size() >= MOST) {
      throw new BadSilence("silences", kept.size() + " are kept", MOST + " at most");
    }
    return write(silence.kept(UUID.randomUUID().toString(), Math.max(silence.startsAt(), now), now));
  }

  /**
   * Ends a silence now; one that has ended stays as it is.
   *
   * @return whether there is one
   */
  public CompletionStage<Boolean> expire(String id) {
    long now = clock.millis();
    Optional<Silence> silence = get(id);
    if (silence.isEmpty() || silence.get().state(now) == Silence.State.EXPIRED) {
      return CompletableFuture.completedFuture(silence.isPresent());
    }
    return write(silence.get().expired(now)).thenApply(written -> true);
  }

  private CompletionStage<Optional<String>> write(Silence silence) {
    return table.put(silence.id(), SilenceJson.stored(silence)).thenApply(version -> Optional.of(silence.id()));
  }

  /** Removes those that ended long ago; every node may do so. */
  public CompletionStage<Done> sweep() {
    long before = clock.millis() - KEEP_ENDED.toMillis();
    return CompletableFuture.allOf(all().stream().filter(silence -> silence.endsAt() < before)
        .map(silence -> table.remove(silence.id()).toCompletableFuture())
        .toArray(CompletableFuture[]::new)).thenApply(removed -> Done.getInstance());
  }

  @Override
  public void close() {
    table.close();
  }
}
