package io.hourglass.load.compare;

import java.nio.charset.StandardCharsets;

/**
 * An event as JSON of some 150 bytes. The two fields that are counted stand last, so that nobody gains by stopping early.
 */
final class EventJson {
  private static final String KEY = "sensor-0000000";
  private static final String TEXT = "{\"key\":\"" + KEY + "\",\"site\":\"hall-07\",\"unit\":\"celsius\",\"firmware\":\"2.14.3\","
      + "\"state\":\"normal\",\"note\":\"routine\",\"ts\":0000000000000,\"value\":00.00}";
  private static final byte[] TEMPLATE = TEXT.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_TEMPLATE = KEY.getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_END = TEXT.indexOf(KEY) + KEY.length();
  private static final int TIME_END = TEXT.indexOf(",\"value\"");
  private static final int POINT = TEXT.lastIndexOf('.');

  private EventJson() {}

  /** Bytes of every event. */
  static int length() {
    return TEMPLATE.length;
  }

  static byte[] key(int number) {
    var bytes = KEY_TEMPLATE.clone();
    digits(bytes, bytes.length, 7, number);
    return bytes;
  }

  static byte[] value(int key, long timestampMs, int hundredths) {
    var bytes = TEMPLATE.clone();
    digits(bytes, KEY_END, 7, key);
    digits(bytes, TIME_END, 13, timestampMs);
    digits(bytes, POINT, 2, hundredths / 100);
    digits(bytes, POINT + 3, 2, hundredths % 100);
    return bytes;
  }

  private static void digits(byte[] bytes, int end, int count, long number) {
    for (var i = 1; i <= count; i++) {
      bytes[end - i] = (byte) ('0' + number % 10);
      number /= 10;
    }
  }
}
