package io.hourglass.store;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.ByteUtils;
import io.hourglass.window.StoredWindow;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The column {@code sketches}. */
final class Sketches {
  private Sketches() {}

  static Map<String, ByteBuffer> column(StoredWindow window) {
    return window.sketches().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> ByteBuffer.wrap(each.getValue())));
  }

  static Map<String, byte[]> of(Row row) {
    Map<String, byte[]> sketches = new HashMap<>();
    row.getMap("sketches", String.class, ByteBuffer.class).forEach((name, bytes) -> sketches.put(name, ByteUtils.getArray(bytes)));
    return sketches;
  }
}
