package io.hourglass.exactness;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every event of a key is counted once, whatever happens; and the simulation notices when a rule is missing. */
class ExactnessTest {
  private static final int HISTORIES = 400;
  private static final int MUTATED_HISTORIES = 4000;

  @Test
  void noHistoryLosesOrDoublesAnEvent() {
    long steps = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      Simulation simulation = new Simulation(seed, Mutation.NONE);
      assertNull(simulation.run(), "seed " + seed);
      steps += simulation.steps;
    }
    assertTrue(steps >= 100_000, "steps: " + steps + " (expected: at least 100000)");
  }

  @ParameterizedTest
  @EnumSource(value = Mutation.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aMissingRuleIsNoticed(Mutation mutation) {
    assertTrue(
        LongStream.range(0, MUTATED_HISTORIES).anyMatch(seed -> new Simulation(seed, mutation).run() != null),
        mutation + " was not noticed");
  }
}
