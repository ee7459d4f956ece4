package io.hourglass.load.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system of its own under Cassandra's data, which can be filled up; gone with the sandbox. */
final class Disk {
  private static final String SIZE = "3g";

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

  /** Takes every free byte. */
  void fill() {
    try {
      var free = Files.getFileStore(directory).getUsableSpace();
      Shell.run(directory, List.of("fallocate", "-l", Long.toString(Math.max(4096, free - free % 4096)), ballast().toString()));
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
