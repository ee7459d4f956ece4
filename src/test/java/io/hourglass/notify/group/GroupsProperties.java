package io.hourglass.notify.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * A receiver at the end of random histories (alerts that fire, end, fire again; failures; restarts from what was kept) knows
 * in the end what fires; and is told no more often than it asked for.
 */
class GroupsProperties {
  private static final Timing TIMING = new Timing(30, 300, 100_000, true);
  private static final int STEP = 10;

  @Property(tries = 300)
  void theReceiverEndsUpKnowingWhatFires(@ForAll long seed) {
    new History(new Random(seed)).run();
  }

  private static final class History {
    final Random random;
    final Ledger ledger = new Ledger();
    final Map<String, Sent> kept = new HashMap<>();
    final Set<String> known = new HashSet<>();
    final Map<String, Long> lastTold = new HashMap<>();
    final List<Notification> underway = new ArrayList<>();
    Groups groups = groups();
    boolean restarted;
    long now = 1_000;

    History(Random random) {
      this.random = random;
    }

    static Groups groups() {
      return new Groups("hook", List.of("rule"), TIMING);
    }

    void run() {
      for (int step = 0; step < 400; step++) {
        now += STEP;
        act(random.nextInt(20));
        look();
        answer(random.nextInt(4) == 0);
      }
      settle();
      Set<String> firing = new HashSet<>();
      ledger.all().stream().filter(Held::firing).forEach(held -> firing.add(held.fingerprint()));
      assertEquals(firing, known);
    }

    private void act(int choice) {
      String rule = "r" + random.nextInt(2);
      String key = "k" + random.nextInt(3);
      Held before = ledger.get(rule + "/" + key).orElse(null);
      if (choice == 0) {
        restart();
      } else if (choice < 6 && (before == null || !before.firing())) {
        tell(Told.fires(rule, key, now));
      } else if (choice < 6) {
        tell(Told.ends(rule, key, before.since(), now));
      }
    }

    private void tell(io.hourglass.alert.Alert alert) {
      ledger.accept(alert).ifPresent(held -> groups.put(held, now));
      assertTrue(ledger.accept(alert).isEmpty(), "told twice is told once");
    }

    private void restart() {
      underway.clear();
      restarted = true;
      groups = groups();
      kept.values().forEach(groups::restore);
      ledger.all().forEach(held -> groups.put(held, now));
      groups.leftOver().forEach(kept::remove);
    }

    private void look() {
      List<String> gone = new ArrayList<>();
      List<Notification> due = groups.due(now, held -> false, gone);
      gone.forEach(kept::remove);
      for (Notification each : due) {
        long since = now - lastTold.getOrDefault(each.key(), now - TIMING.intervalMs());
        assertTrue(restarted || since >= TIMING.waitMs(), "told again after " + since);
      }
      underway.addAll(due);
    }

    /** What is delivered may not be kept any more, as after a crash; then it comes again. */
    private void answer(boolean fails) {
      for (Notification each : List.copyOf(underway)) {
        underway.remove(each);
        if (fails) {
          groups.failed(each.key());
          continue;
        }
        known.addAll(each.firing());
        known.removeAll(each.resolved());
        lastTold.put(each.key(), now);
        groups.delivered(each.key(), now).ifPresentOrElse(sent -> kept.put(each.key(), sent), () -> kept.remove(each.key()));
      }
    }

    private void settle() {
      for (int step = 0; step < 100; step++) {
        now += STEP;
        look();
        answer(false);
      }
    }
  }
}
