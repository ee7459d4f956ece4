package io.hourglass.notify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.hourglass.alert.Alert;
import io.hourglass.notify.group.Held;
import io.hourglass.notify.group.Sent;
import io.hourglass.shared.SharedTable;
import io.hourglass.shared.SharedTable.Entry;
import io.hourglass.shared.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What outlives the node that sends, in a shared table: {@code alert/<fingerprint>} what fires, or has ended and was not told
 * everybody; {@code sent/<receiver>/<digest of the group>} what was told last; {@code position} up to where the log was read.
 */
public final class Kept {
  private static final Logger LOG = LoggerFactory.getLogger(Kept.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ALERT = "alert/";
  private static final String SENT = "sent/";
  private static final String POSITION = "position";

  /** How far the alert log was read. */
  record Position(String epoch, long offset) {}

  private final Table table;

  public Kept(Table table) {
    this.table = table;
  }

  /** Alerts that fire, for whoever wants to know of those that do since before the log begins. */
  public List<Alert> firing() {
    return alerts().stream().filter(Held::firing).map(Held::alert).toList();
  }

  List<Held> alerts() {
    return all(ALERT, Held.class);
  }

  List<Sent> sent() {
    return all(SENT, Sent.class);
  }

  Optional<Position> position() {
    return table.get(POSITION).flatMap(entry -> read(POSITION, entry, Position.class));
  }

  private <T> List<T> all(String prefix, Class<T> type) {
    return table.all().entrySet().stream().filter(each -> each.getKey().startsWith(prefix))
        .map(each -> read(each.getKey(), each.getValue(), type)).flatMap(Optional::stream).toList();
  }

  private static <T> Optional<T> read(String key, Entry entry, Class<T> type) {
    ObjectReader reader = MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    try {
      return Optional.of(reader.readValue(entry.value()));
    } catch (IOException e) {
      LOG.warn("{}: not what this version reads; left out: {}", key, e.getMessage());
      return Optional.empty();
    }
  }

  CompletionStage<Long> put(Held alert) {
    return put(ALERT + alert.fingerprint(), Map.of("alert", alert.alert(), "since", alert.since()));
  }

  CompletionStage<Long> put(Sent sent) {
    return put(key(sent.receiver(), Sent.key(sent.labels())), sent);
  }

  CompletionStage<Long> put(Position position) {
    return put(POSITION, position);
  }

  CompletionStage<Long> forget(String fingerprint) {
    return table.remove(ALERT + fingerprint);
  }

  CompletionStage<Long> forget(String receiver, String group) {
    return table.remove(key(receiver, group));
  }

  /** What is too large to keep is sent all the same, and once more after a restart, if it is in the log by then. */
  private CompletionStage<Long> put(String key, Object value) {
    byte[] bytes = bytes(value);
    if (bytes.length > SharedTable.MOST_VALUE_BYTES) {
      LOG.error("{}: {} bytes (expected: <= {}); not kept", key, bytes.length, SharedTable.MOST_VALUE_BYTES);
      return CompletableFuture.completedFuture(-1L);
    }
    return table.put(key, bytes);
  }

  private static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String receiver, String group) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
      return SENT + receiver + "/" + HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
