package io.hourglass.alert;

import io.hourglass.window.RaisedAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** From what a rule raised over a window to what goes out. Equal arguments give equal ids. */
public final class Alerts {
  public static final String FIRING = "firing";
  public static final String RESOLVED = "resolved";

  private static final int ID_BYTES = 16;

  private Alerts() {}

  /**
   * What an entity has told, as it goes out.
   *
   * @param windowEnd of the window it fired over, exclusive, epoch milliseconds
   * @param emittedAt wall clock, epoch milliseconds; not part of the id
   */
  public static Alert of(String pipeline, String key, RaisedAlert raised, long windowEnd, long emittedAt) {
    String status = raised.endsAt() == null ? FIRING : RESOLVED;
    return new Alert(
        id(pipeline, key, raised, status),
        status,
        pipeline,
        raised.rule(),
        key,
        raised.severity(),
        raised.summary(),
        raised.value(),
        raised.start(),
        windowEnd,
        raised.at(),
        raised.endsAt(),
        emittedAt,
        Fingerprint.of(labels(pipeline, key, raised)),
        id(pipeline, key, raised, FIRING),
        raised.labels(),
        raised.description(),
        raised.anomaly(),
        raised.activeAt());
  }

  private static Map<String, String> labels(String pipeline, String key, RaisedAlert raised) {
    Map<String, String> labels = new HashMap<>(raised.labels());
    labels.putAll(Map.of("pipeline", pipeline, "rule", raised.rule(), "key", key, "severity", raised.severity()));
    return labels;
  }

  /** Alerts of the first format are told apart by their window, of which each has one. */
  private static String id(String pipeline, String key, RaisedAlert raised, String status) {
    return raised.cause().isEmpty()
        ? digest(pipeline, raised.rule(), key, Long.toString(raised.start()), status)
        : digest(pipeline, raised.rule(), key, Long.toString(raised.at()), raised.cause(), status);
  }

  /** 32 hex digits: the head of SHA-256 over the parts, each behind its length, so that no two lists run together. */
  private static String digest(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), ID_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
