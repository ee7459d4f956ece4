package io.hourglass.load;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.hourglass.services.CassandraServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a run has left in Cassandra. */
final class Stored {
  private Stored() {}

  /** @param writes events written to the journal, those deleted since included; @param rows still there; @param bytes of all events still there */
  record Journal(long writes, long rows, long bytes) {}

  static Journal journal(CassandraServer cassandra, String keyspace) {
    var config = DriverConfigLoader.programmaticBuilder()
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30)).build();
    try (var session = CqlSession.builder().addContactPoint(cassandra.contactPoint()).withLocalDatacenter("datacenter1")
        .withConfigLoader(config).build()) {
      var highest = new HashMap<String, Long>();
      long rows = 0;
      long bytes = 0;
      var all = SimpleStatement.newInstance("select persistence_id, sequence_nr, event from " + keyspace + ".messages")
          .setPageSize(2_000);
      for (var row : session.execute(all)) {
        rows++;
        bytes += row.getByteBuffer(2) == null ? 0 : row.getByteBuffer(2).remaining();
        highest.merge(row.getString(0), row.getLong(1), Math::max);
      }
      return new Journal(highest.values().stream().mapToLong(Long::longValue).sum(), rows, bytes);
    }
  }

  /** Bytes on disk by table, as compressed and compacted so far; of a Cassandra that was stopped, so all of it is there. */
  static Map<String, Long> bytesOnDisk(Path cassandra, String keyspace) {
    var sizes = new TreeMap<String, Long>();
    try (var files = Files.walk(cassandra.resolve("data").resolve("data").resolve(keyspace))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var table = file.getParent().getFileName().toString();
        sizes.merge(table.substring(0, Math.max(0, table.lastIndexOf('-'))), Files.size(file), Long::sum);
      }
      return sizes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
