package io.hourglass.load.cluster;

import io.hourglass.services.Checkout;
import java.util.List;

/** Processes that take only what the others leave over of the CPU. */
final class Polite {
  /** In front of a command line. */
  static final String[] COMMAND = {"nice", "-n", "10"};

  private Polite() {}

  /** From now on it gets its share; twice, for the threads that its threads begin meanwhile. */
  static void end(long pid) {
    var renice = "for t in /proc/" + pid + "/task/*; do renice -n 0 -p ${t##*/}; done";
    Shell.run(Checkout.path(""), List.of("sh", "-c", "(" + renice + "; " + renice + ") >/dev/null 2>&1; true"));
  }
}
