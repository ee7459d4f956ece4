package io.hourglass.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void sendingIsTheFirstHalfAndCountingTheSecond() {
    var bar = new ProgressBar("clicks", 200);
    assertTrue(bar.get().contains("0 %  0 of 200 sent"), bar.get());
    bar.sent(200);
    assertTrue(bar.get().contains("[################----------------]  50 %  0 of 200 counted"), bar.get());
    bar.counted(200);
    assertTrue(bar.get().contains("[################################] 100 %  200 events counted"), bar.get());
  }

  @Test
  void aFileGetsALineForEachTenth() {
    var bytes = new ByteArrayOutputStream();
    var screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    var bar = new ProgressBar("clicks", 1000);
    for (var event = 1; event <= 1000; event++) {
      bar.sent(event);
      bar.counted(event);
      bar.report(screen);
    }
    assertEquals(10, bytes.toString(StandardCharsets.UTF_8).lines().count());
  }
}
