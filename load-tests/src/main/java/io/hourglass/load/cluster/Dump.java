package io.hourglass.load.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the nodes were at when they were stuck: their threads and their own view of the partitions, beside their logs. */
final class Dump {
  private final Path directory;

  Dump(Path directory) {
    this.directory = directory;
  }

  void write(Member member, String why) {
    if (member.running()) {
      Screen.say("node %d: %s; its threads are in the directory of the logs", member.number(), why);
      write("node-" + member.number() + "." + why + ".threads", threads(member));
      write("node-" + member.number() + "." + why + ".pipeline", answer(member));
    }
  }

  private static String threads(Member member) {
    try {
      var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      var process = new ProcessBuilder(jcmd, Long.toString(member.process().pid()), "Thread.print").redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String answer(Member member) {
    try {
      return new Asking(member.api()).ask("/v1/pipelines/" + Load.PIPELINE).join().body();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
