package io.hourglass.alert;

import io.hourglass.window.RaisedAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** From what a rule raised over a window to what goes out. Equal arguments give equal ids. */
public final class Alerts {
  public static final String FIRING = "firing";
  public static final String RESOLVED = "resolved";

  private static final int ID_BYTES = 16;

  private Alerts() {}

  /**
   * The rule has come to hold.
   *
   * @param windowEnd exclusive, epoch milliseconds
   * @param emittedAt wall clock, epoch milliseconds; not part of the id
   */
  public static Alert firing(String pipeline, String key, RaisedAlert raised, long windowEnd, long emittedAt) {
    return alert(FIRING, pipeline, key, raised, windowEnd, null, emittedAt);
  }

  /** The window it was raised over has closed: the same alert, ended at the window's end. */
  public static Alert resolved(String pipeline, String key, RaisedAlert raised, long windowEnd, long emittedAt) {
    return alert(RESOLVED, pipeline, key, raised, windowEnd, windowEnd, emittedAt);
  }

  private static Map<String, String> labels(String pipeline, String rule, String key, String severity) {
    return Map.of("pipeline", pipeline, "rule", rule, "key", key, "severity", severity);
  }

  private static Alert alert(
      String status, String pipeline, String key, RaisedAlert raised, long windowEnd, Long endsAt, long emittedAt) {
    return new Alert(
        id(pipeline, raised.rule(), key, raised.start(), status),
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
        endsAt,
        emittedAt,
        Fingerprint.of(labels(pipeline, raised.rule(), key, raised.severity())));
  }

  /** 32 hex digits: the head of SHA-256 over the parts, each behind its length, so that no two lists run together. */
  private static String id(String pipeline, String rule, String key, long start, String status) {
    MessageDigest digest = sha256();
    for (String part : new String[] {pipeline, rule, key, Long.toString(start), status}) {
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
