package io.hourglass.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Texts that are counted as distinct are kept short: they travel between nodes by the hundred. */
final class LongText {
  /** The longest text that goes on as it is. */
  static final int MAX_CHARS = 256;

  private LongText() {}

  /** The text, or, if it is long, {@code sha256:} and its digest: as different from others as the text itself. */
  static String shortened(String text) {
    return text.length() <= MAX_CHARS ? text : "sha256:" + digest(text);
  }

  private static String digest(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
