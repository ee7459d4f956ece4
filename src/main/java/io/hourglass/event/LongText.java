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
    return text.length() <= MAX_CHARS ? whole(text) : "sha256:" + digest(text);
  }

  /** Half a character is none: a question mark, as in UTF-8. */
  private static String whole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      }
    }
    return text;
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
