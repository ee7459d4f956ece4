package io.hourglass.load.cluster;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.hourglass.services.CassandraServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Whether an offset was committed past what is durable, from the two themselves: first the group's commits are read,
 * then from the journal of every key the highest offset whose effect is in it. The newest event of a key below the
 * commit must be in its journal; what the journal gains meanwhile does no harm, so it may be looked at any time.
 */
final class Durability {
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
  private static final int IN_FLIGHT = 128;
  /** Newest events that are looked at: one of them holds the offsets, as nearly all do. */
  private static final int NEWEST = 5;

  private final CassandraServer cassandra;
  private final Ledger ledger;
  private final Load load;
  private long checked;

  Durability(CassandraServer cassandra, Ledger ledger, Load load) {
    this.cassandra = cassandra;
    this.ledger = ledger;
    this.load = load;
  }

  /** Keys and partitions compared so far. */
  long checked() {
    return checked;
  }

  /** What is committed and not durable, one line a key; empty when all is well. */
  List<String> violations(long[] committed) {
    try (var session = session()) {
      var newest = session.prepare("select event from " + Load.PIPELINE
          + ".messages where persistence_id = ? and partition_nr = 0 order by sequence_nr desc limit " + NEWEST);
      var found = new ArrayList<String>();
      var must = new long[committed.length][];
      for (var partition = 0; partition < committed.length; partition++) {
        must[partition] = ledger.newestBelow(partition, committed[partition]);
      }
      for (var from = 0; from < load.keys(); from += IN_FLIGHT) {
        found.addAll(violations(session, newest, from, Math.min(load.keys(), from + IN_FLIGHT), must));
      }
      return found;
    }
  }

  private List<String> violations(CqlSession session, PreparedStatement newest, int from, int to, long[][] must) {
    var asked = new ArrayList<CompletionStage<Iterable<Row>>>();
    for (var key = from; key < to; key++) {
      asked.add(session.executeAsync(newest.bind(Load.PIPELINE + "|" + Load.key(key))).thenApply(rows -> rows.currentPage()));
    }
    var found = new ArrayList<String>();
    for (var key = from; key < to; key++) {
      var rows = new ArrayList<Row>();
      asked.get(key - from).toCompletableFuture().join().forEach(rows::add);
      for (var partition = 0; partition < must.length; partition++) {
        var needed = must[partition][key];
        if (needed >= 0) {
          checked++;
          var durable = seen(rows, partition);
          if (durable < needed) {
            found.add(Load.key(key) + ": committed beyond offset " + needed + " of partition " + partition + ", durable up to " + durable);
          }
        }
      }
    }
    return found;
  }

  private static long seen(List<Row> rows, int partition) {
    long highest = -1;
    for (var row : rows) {
      for (var seen : event(row).get("seen")) {
        if (seen.get("source").get("partition").asInt() == partition) {
          highest = Math.max(highest, seen.get("offset").asLong());
        }
      }
    }
    return highest;
  }

  private static JsonNode event(Row row) {
    try {
      var bytes = row.getByteBuffer(0);
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return CBOR.readTree(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CqlSession session() {
    var config = DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30)).build();
    return CqlSession.builder().addContactPoint(cassandra.contactPoint()).withLocalDatacenter("datacenter1")
        .withConfigLoader(config).build();
  }
}
