package io.hourglass.store;

import akka.Done;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.hourglass.settings.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The keys of a pipeline, a partition per shard, read sorted over all shards.
 *
 * <p>A round reads a little more than an even share from each shard at once. Keys up to the last one of the
 * shard that reached least far are complete; when they are fewer than asked for, another round goes on
 * from there. Keys spread evenly need one or two rounds, so a page costs as many reads as there are shards.
 */
final class KeysTable {
  private static final String INSERT = "INSERT INTO %s.keys (pipeline, shard, key) VALUES (?, ?, ?)";
  private static final String FROM = "SELECT key FROM %s.keys WHERE pipeline = ? AND shard = ? AND key >= ? LIMIT ?";
  private static final String AFTER = "SELECT key FROM %s.keys WHERE pipeline = ? AND shard = ? AND key > ? LIMIT ?";
  private static final int REMEMBERED = 200_000;

  /** Cassandra's order of text. */
  static final Comparator<String> ORDER =
      Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private record Partition(String pipeline, int shard) {}

  private record Key(String pipeline, String key) {}

  private final Cql cql;
  private final TableWriter writer;
  private final WrittenOnce<Key> written = new WrittenOnce<>(REMEMBERED);

  KeysTable(Cql cql, TableWriter writer) {
    this.cql = cql;
    this.writer = writer;
  }

  CompletionStage<Done> seen(WindowRow row) {
    return written.write(new Key(row.pipeline(), row.key()), () -> writer.write(
        new Partition(row.pipeline(), row.shard()), cql.bind(INSERT, row.pipeline(), row.shard(), row.key())));
  }

  CompletionStage<Page<String>> keys(Pipeline pipeline, String prefix, String afterKey, int limit) {
    String after = afterKey != null && ORDER.compare(afterKey, prefix) < 0 ? null : afterKey;
    return rounds(pipeline, prefix, after, limit + 1, new ArrayList<>()).thenApply(keys -> page(keys, limit));
  }

  private static Page<String> page(List<String> keys, int limit) {
    return keys.size() <= limit
        ? new Page<>(keys, null)
        : new Page<>(keys.subList(0, limit), limit == 0 ? null : keys.get(limit - 1));
  }

  private CompletionStage<List<String>> rounds(
      Pipeline pipeline, String prefix, String after, int wanted, List<String> found) {
    int share = wanted / pipeline.shards() * 2 + 8;
    return Rows.together(IntStream.range(0, pipeline.shards())
            .mapToObj(shard -> shard(pipeline, shard, prefix, after, share))
            .toList())
        .thenCompose(shards -> {
          String complete = complete(shards, share);
          shards.stream().flatMap(List::stream)
              .filter(key -> complete == null || ORDER.compare(key, complete) <= 0)
              .sorted(ORDER)
              .limit(wanted - found.size())
              .forEach(found::add);
          return complete == null || found.size() >= wanted
              ? CompletableFuture.completedFuture(found)
              : rounds(pipeline, prefix, complete, wanted, found);
        });
  }

  /** The last key up to which every shard was read, or null when all were read to their end. */
  private static String complete(List<List<String>> shards, int share) {
    return shards.stream()
        .filter(keys -> keys.size() == share)
        .map(keys -> keys.get(keys.size() - 1))
        .min(ORDER)
        .orElse(null);
  }

  /** At most {@code share} keys of a shard; fewer when they are its last that begin with {@code prefix}. */
  private CompletionStage<List<String>> shard(Pipeline pipeline, int shard, String prefix, String after, int share) {
    CompletionStage<AsyncResultSet> read = after == null
        ? cql.read(FROM, pipeline.name(), shard, prefix, share)
        : cql.read(AFTER, pipeline.name(), shard, after, share);
    return read.thenCompose(result -> Rows.all(result, row -> row.getString("key")))
        .thenApply(keys -> keys.stream().takeWhile(key -> key.startsWith(prefix)).toList());
  }
}
