package io.hourglass.load.cluster;

import io.hourglass.services.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A small file system of its own under Cassandra's data, which can be filled up; gone with the sandbox. */
final class Disk {
  private static final String SIZE = "3g";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path directory;
  private boolean mounted;

  Disk(Path directory) {
    this.directory = directory;
  }

  /** Only where mounts are private to the run. */
  void mount() {
    if (Place.sandboxed()) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Shell.run(directory, List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString()));
      mounted = true;
    }
  }

  boolean mounted() {
    return mounted;
  }

  /** Takes every free byte; Cassandra writes meanwhile, so what is free is asked again until it can be had. */
  void fill() {
    Await.until("the disk is full", PATIENCE, () -> {
      Shell.run(directory, List.of("fallocate", "-l", Long.toString(Math.max(4096, usable())), ballast().toString()));
      return true;
    });
  }

  private long usable() {
    try {
      var free = Files.getFileStore(directory).getUsableSpace();
      return free - free % 4096;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void free() {
    try {
      Files.deleteIfExists(ballast());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }
}
