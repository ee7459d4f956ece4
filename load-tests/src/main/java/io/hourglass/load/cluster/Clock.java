package io.hourglass.load.cluster;

import io.hourglass.services.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** The wall clock of one node, which a preloaded library reads from a file (see {@code clock/clock.c}). Needs Linux and {@code cc}. */
final class Clock {
  private final Path library;
  private final Path file;
  private boolean built;

  Clock(Path directory) {
    library = directory.resolve("clock.so");
    file = directory.resolve("clock.offset");
  }

  /** Compiles the library; without it the clock is the machine's. */
  void build() {
    shift(0);
    try {
      var compiler = new ProcessBuilder("cc", "-O2", "-shared", "-fPIC", "-o", library.toString(),
          Checkout.path("load-tests/clock/clock.c").toString(), "-ldl").inheritIO().start();
      built = compiler.waitFor() == 0;
    } catch (IOException noCompiler) {
      built = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean built() {
    return built;
  }

  /** Environment of the node. */
  Map<String, String> environment() {
    return built ? Map.of("LD_PRELOAD", library.toString(), "HOURGLASS_CLOCK", file.toString()) : Map.of();
  }

  /** Takes effect at once. In place: the file stays the one that is mapped. */
  void shift(long seconds) {
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(seconds).flip(), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
