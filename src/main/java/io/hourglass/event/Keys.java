package io.hourglass.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a key must be: text that UTF-8 can hold, not empty, not too long. */
final class Keys {
  private Keys() {}

  /** @throws Refused when there is no key, or when two different keys would become the same text */
  static String ofRecord(byte[] key) throws Refused {
    if (key == null || key.length == 0) {
      throw new Refused(Reason.NO_KEY, "the record has no key");
    }
    if (key.length > EventDecoder.MAX_KEY_BYTES) {
      throw tooLong(key.length);
    }
    String text = new String(key, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(key, text.getBytes(StandardCharsets.UTF_8))) {
      throw new Refused(Reason.WRONG_TYPE, "the record's key is not UTF-8");
    }
    return text;
  }

  static String checked(String key) throws Refused {
    long bytes = 0;
    for (int i = 0; i < key.length(); i++) {
      char next = key.charAt(i);
      bytes += next < 0x80 ? 1 : next < 0x800 || Character.isSurrogate(next) ? 2 : 3;
      if (Character.isSurrogate(next) && !paired(key, i)) {
        throw new Refused(Reason.WRONG_TYPE, "the key holds half a character");
      }
    }
    if (bytes > EventDecoder.MAX_KEY_BYTES) {
      throw tooLong(bytes);
    }
    return key;
  }

  private static boolean paired(String key, int at) {
    return Character.isHighSurrogate(key.charAt(at))
        ? at + 1 < key.length() && Character.isLowSurrogate(key.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(key.charAt(at - 1));
  }

  private static Refused tooLong(long bytes) {
    return new Refused(
        Reason.KEY_TOO_LONG, bytes + " bytes (expected: at most " + EventDecoder.MAX_KEY_BYTES + ")");
  }
}
