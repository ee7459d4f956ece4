package io.hourglass.load.cluster;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Faults that strike at the same moment. */
final class Volley {
  private Volley() {}

  /** @param over when it was taken back, {@code System.nanoTime()} */
  record Struck(Fault fault, String what, long over) {}

  /** Returns when all of them are over. */
  static List<Struck> strike(List<Fault> faults, FaultActions actions, Random random) {
    var strikes = faults.stream().map(fault -> {
      var own = new Random(random.nextLong());
      return CompletableFuture.supplyAsync(() -> strike(fault, faults, actions, own), task -> new Thread(task, fault.option()).start());
    }).toList();
    return strikes.stream().map(CompletableFuture::join).toList();
  }

  private static Struck strike(Fault fault, List<Fault> all, FaultActions actions, Random random) {
    var what = fault.action.strike(actions, random);
    var others = all.stream().filter(other -> other != fault).map(other -> " with " + other.option()).findFirst().orElse("");
    return new Struck(fault, what + others, System.nanoTime());
  }
}
