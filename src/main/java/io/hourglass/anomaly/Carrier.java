package io.hourglass.anomaly;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Carries the parts of a state out into bytes or back in, by one and the same method of each part, so that the two ways
 * can't differ: {@code level = carrier.of(level)}.
 */
abstract sealed class Carrier {

  abstract double of(double part);

  abstract long of(long part);

  /** Carries an array of fixed length, in place: eight parts at a time, zeros as a bit each. */
  abstract void of(float[] parts);

  /** Into bytes. */
  static final class Out extends Carrier {
    private ByteBuffer bytes = ByteBuffer.allocate(16_384);

    @Override
    double of(double part) {
      room().putDouble(part);
      return part;
    }

    @Override
    long of(long part) {
      room().putLong(part);
      return part;
    }

    @Override
    void of(float[] parts) {
      for (int from = 0; from < parts.length; from += Byte.SIZE) {
        eight(parts, from, Math.min(parts.length, from + Byte.SIZE));
      }
    }

    private void eight(float[] parts, int from, int to) {
      ByteBuffer out = room();
      int present = 0;
      int head = out.position();
      out.put((byte) 0);
      for (int i = from; i < to; i++) {
        if (Float.floatToRawIntBits(parts[i]) != 0) {
          present |= 1 << i - from;
          out.putFloat(parts[i]);
        }
      }
      out.put(head, (byte) present);
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ByteBuffer room() {
      if (bytes.remaining() < 1 + Byte.SIZE * Float.BYTES) {
        bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes.flip());
      }
      return bytes;
    }
  }

  /** Out of bytes, in the same order. */
  static final class In extends Carrier {
    private final ByteBuffer bytes;

    In(byte[] bytes) {
      this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    double of(double part) {
      need(Double.BYTES);
      return bytes.getDouble();
    }

    @Override
    long of(long part) {
      need(Long.BYTES);
      return bytes.getLong();
    }

    @Override
    void of(float[] parts) {
      for (int from = 0; from < parts.length; from += Byte.SIZE) {
        need(1);
        int present = bytes.get() & 0xFF;
        need(Integer.bitCount(present) * Float.BYTES);
        for (int i = from; i < Math.min(parts.length, from + Byte.SIZE); i++) {
          parts[i] = (present & 1 << i - from) == 0 ? 0 : bytes.getFloat();
        }
      }
    }

    /** @throws IllegalArgumentException unless every byte has been read */
    void end() {
      if (bytes.hasRemaining()) {
        throw new IllegalArgumentException("state: " + bytes.limit() + " bytes (expected: " + bytes.position() + ")");
      }
    }

    private void need(int size) {
      if (bytes.remaining() < size) {
        throw new IllegalArgumentException("state: ends after " + bytes.limit() + " bytes (expected: more)");
      }
    }
  }
}
