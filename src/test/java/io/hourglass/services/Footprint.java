package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The process id and start time of a child, in a file beside its log.
 *
 * <p>A launcher that was killed leaves children which are still shutting down (see {@link Tether}); the next launcher
 * waits for them by their footprint rather than finding a port in use or a data directory locked.
 */
final class Footprint {
  private final Path file;

  Footprint(Path file) {
    this.file = file;
  }

  void write(ProcessHandle process) {
    try {
      Files.writeString(file, identity(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the process of the file is no more. It is not ours to kill: it may belong to a launcher that lives. */
  void awaitGone(Duration patience) {
    process().ifPresent(left -> {
      var deadline = System.nanoTime() + patience.toNanos();
      while (left.isAlive()) {
        if (System.nanoTime() > deadline) {
          throw new ServerFailure("Process " + left.pid() + " of another run still uses "
              + Checkout.shown(file.getParent()));
        }
        Server.sleep(Duration.ofMillis(50));
      }
    });
    remove();
  }

  private Optional<ProcessHandle> process() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var identity = Files.readString(file);
      return ProcessHandle.of(Long.parseLong(identity.substring(0, Math.max(0, identity.indexOf(' ')))))
          .filter(process -> identity(process).equals(identity));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Process ids are used again, together with the start time they are not. */
  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Object::toString).orElse("");
  }
}
