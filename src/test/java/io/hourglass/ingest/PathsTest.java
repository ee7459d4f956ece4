package io.hourglass.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathsTest {

  /** A long way that takes its time and a short one that takes none; what arrives is in the order of sending. */
  @Test
  void nothingOvertakes() {
    Random random = new Random(5);
    Paths paths = new Paths();
    record Message(int number, boolean acknowledge) {}
    Deque<Message> underWay = new ArrayDeque<>();
    Deque<Integer> answers = new ArrayDeque<>();
    List<Integer> arrived = new ArrayList<>();
    boolean asked = false;
    int number = 0;
    int past = 0;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(3) == 0 && paths.isShort("a")) {
        arrived.add(number++);
        past++;
      } else if (random.nextInt(paths.isShort("a") ? 50 : 6) == 0) {
        boolean acknowledge = !asked && random.nextBoolean();
        asked |= acknowledge;
        paths.sharded("a", acknowledge);
        underWay.add(new Message(number++, acknowledge));
      } else if (random.nextBoolean() && !underWay.isEmpty()) {
        Message message = underWay.remove();
        arrived.add(message.number());
        if (message.acknowledge()) {
          answers.add(message.number());
        }
      } else if (!answers.isEmpty()) {
        answers.remove();
        asked = false;
        paths.accepted("a");
      }
    }
    underWay.forEach(message -> arrived.add(message.number()));
    assertEquals(arrived.stream().sorted().toList(), arrived);
    assertEquals(true, past > 500, "past sharding: " + past);
  }
}
