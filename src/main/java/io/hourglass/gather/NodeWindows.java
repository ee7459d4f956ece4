package io.hourglass.gather;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.hourglass.entity.LocalWindows;
import io.hourglass.entity.Shards;
import io.hourglass.entity.Tenures;
import io.hourglass.query.Criterion;
import io.hourglass.query.Ranking;
import io.hourglass.query.WholeWindow.Missing;
import io.hourglass.settings.Pipeline;
import io.hourglass.store.HourRows;
import io.hourglass.window.StoredWindow;
import io.hourglass.window.WindowResult;
import io.hourglass.window.WindowShare;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node's part of a window, for the shards that it holds from the beginning to the end of the question. Keys in memory and
 * those that left it come first; then the read table tells closed windows, and which keys have opened one and are not here:
 * those are read from the journal, as many as there is time for.
 */
public final class NodeWindows {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration ROWS = Duration.ofSeconds(5);
  private static final Duration STORED = Duration.ofSeconds(2);
  private static final int SHARDS_AT_ONCE = 8;
  private static final int KEYS_AT_ONCE = 16;

  private final ActorSystem<?> system;
  private final Map<String, LocalWindows> local;
  private final HourRows rows;
  private final InstantSource clock;
  private final OpenRows openRows = new OpenRows();

  /** @param local by pipeline */
  public NodeWindows(ActorSystem<?> system, Map<String, LocalWindows> local, HourRows rows) {
    this(system, local, rows, InstantSource.system());
  }

  NodeWindows(ActorSystem<?> system, Map<String, LocalWindows> local, HourRows rows, InstantSource clock) {
    this.clock = clock;
    this.system = system;
    this.local = Map.copyOf(local);
    this.rows = rows;
  }

  /** What this node holds; never fails, but for what is wrong with the question. */
  CompletionStage<Part> part(Pipeline pipeline, long start, Ranking ranking) {
    LocalWindows here = local.get(pipeline.name());
    return here.tenures().thenCompose(tenures -> {
      Work work = new Work(pipeline, start, ranking, tenures);
      return here.collect(start, tenures, work::key, POLL)
          .thenAccept(work::collected)
          .thenCompose(done -> work.rest(tenures.held().keySet()))
          .thenCompose(done -> here.tenures())
          .thenApply(now -> work.part(tenures.held().keySet().stream().filter(shard -> tenures.unbroken(shard, now)).collect(Collectors.toSet()),
              tenures.silent()));
    });
  }

  /** What nobody holds in memory: the read table, and the journal for what is open. */
  CompletionStage<Part> unheld(Pipeline pipeline, long start, Ranking ranking, Set<Integer> shards) {
    Work work = new Work(pipeline, start, ranking, new Tenures(Map.of(), Set.of()));
    return work.rest(shards).thenApply(done -> work.part(shards, Set.of()));
  }

  private final class Work {
    private final Pipeline pipeline;
    private final long start;
    private final Tenures tenures;
    private final Ranking ranking;
    private final boolean measures;
    private final List<ShardSum> sums;
    private final Collection<String> absent = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> failed = new ConcurrentHashMap<>();
    private final Set<Integer> without = ConcurrentHashMap.newKeySet();
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    Work(Pipeline pipeline, long start, Ranking ranking, Tenures tenures) {
      this.pipeline = pipeline;
      this.start = start;
      this.ranking = ranking;
      this.tenures = tenures;
      Criterion criterion = ranking == null ? null : Criterion.of(pipeline, ranking.by()).orElseThrow();
      this.measures = criterion == null || criterion.ofMeasure();
      this.sums = IntStream.range(0, pipeline.shards()).mapToObj(shard -> new ShardSum(pipeline, start, ranking, criterion)).toList();
    }

    private ShardSum sum(String key) {
      return sums.get(Shards.of(key, pipeline.shards()));
    }

    void key(String key, WindowShare share) {
      sum(key).key(key, share);
    }

    void collected(LocalWindows.Collected keys) {
      unread.addAll(keys.silent());
      without.addAll(keys.without());
    }

    /** The read table, then the journal; completes within their times. */
    CompletionStage<Done> rest(Set<Integer> shards) {
      boolean closed = sums.stream().anyMatch(ShardSum::closed);
      boolean running = OpenRows.running(pipeline, start, clock.millis());
      long until = System.nanoTime() + ROWS.toNanos();
      CompletableFuture<Done> read = Source.from(shards)
          .mapAsyncUnordered(SHARDS_AT_ONCE, shard -> table(shard, !closed && (running || !without.contains(shard)), until).exceptionally(failure -> late(shard)))
          .runWith(Sink.ignore(), system).toCompletableFuture();
      return read.thenCompose(done -> journal());
    }

    private Done late(int shard) {
      failed.put(shard, "the read table did not answer");
      return Done.getInstance();
    }

    private CompletionStage<Done> table(int shard, boolean nothingForgotten, long until) {
      Long tenure = tenures.held().get(shard);
      boolean tableTellsMore = !nothingForgotten || tenure == null || local.get(pipeline.name()).tableTellsMore(tenure, start);
      List<String> known = tableTellsMore ? null : openRows.of(pipeline.name(), shard, tenure, start);
      if (known != null) {
        known.stream().filter(key -> !sums.get(shard).knows(key)).forEach(absent::add);
        return CompletableFuture.completedFuture(Done.getInstance());
      }
      long left = until - System.nanoTime();
      return left <= 0 ? CompletableFuture.failedFuture(new TimeoutException()) : rows(shard, tenure, left);
    }

    private CompletionStage<Done> rows(int shard, Long tenure, long leftNanos) {
      ShardSum sum = sums.get(shard);
      List<String> open = new ArrayList<>();
      boolean[] closed = {false};
      return rows.each(pipeline, shard, start, measures, row -> {
        if (row.window().closed()) {
          closed[0] = true;
          sum.row(row.key(), row.stored());
        } else if (!sum.knows(row.key())) {
          open.add(row.key());
        }
      }).toCompletableFuture().orTimeout(leftNanos, TimeUnit.NANOSECONDS).thenApply(done -> {
        absent.addAll(open);
        if (tenure == null && !open.isEmpty()) {
          local.get(pipeline.name()).settle(open.get(0));
        }
        if (!closed[0] && tenure != null) {
          openRows.put(pipeline.name(), shard, tenure, start, open);
        }
        return done;
      });
    }

    private CompletionStage<Done> journal() {
      long until = System.nanoTime() + STORED.toNanos();
      return Source.from(absent)
          .mapAsyncUnordered(KEYS_AT_ONCE, key -> {
            long left = until - System.nanoTime();
            return left <= 0 ? unread(key) : stored(key, Duration.ofNanos(left));
          })
          .runWith(Sink.ignore(), system);
    }

    private CompletionStage<Done> stored(String key, Duration left) {
      Long tenure = tenures.held().get(Shards.of(key, pipeline.shards()));
      return local.get(pipeline.name()).one(key, tenure, start, this::key, left)
          .thenCompose(told -> sum(key).holds(key) ? CompletableFuture.completedFuture(null) : closedMeanwhile(key))
          .handle((told, failure) -> failure == null && sum(key).knows(key))
          .thenCompose(known -> known ? CompletableFuture.completedFuture(Done.getInstance()) : unread(key));
    }

    /** It was open when its row was read, and is none of the key's any more. */
    private CompletionStage<Void> closedMeanwhile(String key) {
      return rows.window(pipeline, key, start).thenAccept(row -> row.filter(WindowResult::closed).ifPresent(closed -> sum(key).row(key, new StoredWindow(closed, Map.of()))));
    }

    private CompletionStage<Done> unread(String key) {
      unread.add(key);
      return CompletableFuture.completedFuture(Done.getInstance());
    }

    Part part(Set<Integer> shards, Set<Integer> silent) {
      PartSum sum = new PartSum(pipeline, start, ranking);
      shards.forEach(shard -> sums.get(shard).seal(sum));
      Map<Integer, Long> lacking = unread.stream().filter(key -> !sum(key).knows(key))
          .collect(Collectors.groupingBy(key -> Shards.of(key, pipeline.shards()), Collectors.counting()));
      for (int shard : shards) {
        String why = failed.get(shard);
        Long keys = lacking.get(shard);
        if (why != null) {
          sum.missing(new Missing(shard, null, null, why));
        } else if (keys != null) {
          sum.missing(new Missing(shard, null, keys, "keys that did not answer, or were not read, in time; ask again"));
        }
      }
      return sum.part(shards, silent);
    }
  }
}
