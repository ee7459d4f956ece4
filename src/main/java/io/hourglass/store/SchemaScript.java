package io.hourglass.store;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.hourglass.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyspace and every table, from {@code schema.cql}. Run by one node, or by hand before the first: two
 * at a time may disagree about a table's id.
 */
public final class SchemaScript {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaScript.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern TABLE = Pattern.compile("^CREATE TABLE IF NOT EXISTS [a-z0-9_]+\\.([a-z0-9_]+)");
  private static final String SIMPLE = "{'class': 'SimpleStrategy', 'replication_factor': 1}";

  private SchemaScript() {}

  /** Creates what is missing, one copy of each row. Blocks; throws the driver's exceptions. */
  public static void apply(CqlSession session, Settings.Cassandra settings) {
    apply(session, settings.keyspace(), SIMPLE);
  }

  /** @param replication a CQL map, {@code {'class': 'NetworkTopologyStrategy', 'dc1': 3}} */
  public static void apply(CqlSession session, String keyspace, String replication) {
    List<String> statements = statements(keyspace, replication);
    session.setSchemaMetadataEnabled(false); // reading it again after every statement takes seconds
    try {
      run(session, keyspace, statements);
    } finally {
      session.setSchemaMetadataEnabled(null);
    }
  }

  private static void run(CqlSession session, String keyspace, List<String> statements) {
    long begun = System.nanoTime();
    for (int i = 0; i < statements.size(); i++) {
      session.execute(SimpleStatement.newInstance(statements.get(i)).setTimeout(TIMEOUT));
      if (System.nanoTime() - begun > 2_000_000_000L) {
        LOG.info("schema of {}: {} of {} statements done", keyspace, i + 1, statements.size());
      }
    }
  }

  /** Tables that are not there, all of them while there is no keyspace. Blocks; throws the driver's exceptions. */
  public static List<String> missing(CqlSession session, String keyspace) {
    Set<String> there = session.refreshSchema().getKeyspace(keyspace).stream()
        .flatMap(found -> found.getTables().keySet().stream())
        .map(CqlIdentifier::asInternal)
        .collect(Collectors.toSet());
    return tables(statements(keyspace, SIMPLE)).filter(table -> !there.contains(table)).toList();
  }

  /** The tables that the statements create. */
  static Stream<String> tables(List<String> statements) {
    return statements.stream().map(TABLE::matcher).filter(Matcher::find).map(found -> found.group(1));
  }

  /** The script's statements, to be run one by one. */
  static List<String> statements(String keyspace, String replication) {
    String script = read().replaceAll("(?m)--.*$", "");
    return Arrays.stream(script.split(";"))
        .map(each -> each.replace("${keyspace}", keyspace).replace("${replication}", replication).strip())
        .filter(each -> !each.isEmpty())
        .toList();
  }

  private static String read() {
    try (InputStream in = SchemaScript.class.getResourceAsStream("/schema.cql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
