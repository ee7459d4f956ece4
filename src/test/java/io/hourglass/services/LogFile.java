package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a child process printed, kept in a file over its restarts.
 *
 * <p>{@link #mark()} remembers the end of the file; everything that looks for a line looks behind the mark, so a line of
 * an earlier run is never taken for one of this run.
 */
public final class LogFile {
  private static final long LARGE = 16L << 20;

  private final Path path;
  private volatile long mark;

  public LogFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /** Sets the mark at the end; a file that has grown large becomes {@code <name>.old} first. */
  public void mark() {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      if (size() > LARGE) {
        Files.move(path, path.resolveSibling(path.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
      }
      mark = size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first line behind the mark that contains the text. */
  public Optional<String> line(String text) {
    return lines().stream().filter(line -> line.contains(text)).findFirst();
  }

  /** The lines behind the mark; a last one that is still being written is left out. */
  public List<String> lines() {
    var text = sinceMark();
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  /** The last lines behind the mark, to show to a person. */
  public String tail(int count) {
    var lines = sinceMark().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  private String sinceMark() {
    if (size() <= mark) {
      return "";
    }
    try (var file = Files.newByteChannel(path)) {
      file.position(mark);
      return new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long size() {
    try {
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
