package io.hourglass.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Events of one key by two writers; offsets are counts, so that what was counted is what was seen. */
class BranchesTest {
  private static final Source ONE = new Source("topic", 0);
  private static final Source TWO = new Source("topic", 1);
  private static final KeySpec SPEC = new KeySpec(new WindowSpec(3_600_000, ZoneOffset.UTC, 0, 0), PaneSpec.OFF, List.of(), 86_400_000);

  private final WindowsAdvanced base = event(1, 0, ONE, 0, 9);
  private int setAside;

  /** Event {@code id} on top of {@code follows}: the observations with these offsets. */
  private static WindowsAdvanced event(long id, long follows, Source source, long first, long last) {
    KeyState state = new KeyState(SPEC);
    state.newest = follows;
    KeyWindows windows = new KeyWindows(SPEC, state, Watch.NONE);
    windows.observe(source, LongStream.rangeClosed(first, last)
        .mapToObj(offset -> new Observation(offset, 1_000, Watermark.NONE, new double[0], null)).toList());
    return windows.event(true, id);
  }

  private long counted(WindowsAdvanced... events) {
    Branches branches = new Branches(new KeyState(SPEC));
    Arrays.stream(events).forEach(branches::read);
    KeyState state = branches.settle();
    setAside = branches.setAside();
    return new KeyWindows(SPEC, state, Watch.NONE).result(true).windows().stream().mapToLong(WindowResult::count).sum();
  }

  @Test
  void oneWriterIsFoldedInOrder() {
    assertEquals(20, counted(base, event(2, 1, ONE, 10, 14), event(3, 2, ONE, 15, 19)));
    assertEquals(0, setAside);
  }

  @Test
  void nothingReadIsNothing() {
    assertEquals(0, counted());
  }

  @Test
  void whoGoesFurtherIsTakenInEitherOrder() {
    WindowsAdvanced near = event(2, 1, ONE, 10, 11);
    WindowsAdvanced far = event(3, 1, ONE, 10, 19);
    assertEquals(20, counted(base, near, far));
    assertEquals(20, counted(base, far, near));
    assertEquals(1, setAside);
  }

  /** The far one is ahead after its one event; the other's writer goes on beyond. */
  @Test
  void aLineThatGoesOnOvertakes() {
    WindowsAdvanced stray = event(9, 1, ONE, 10, 15);
    WindowsAdvanced first = event(2, 1, ONE, 10, 11);
    WindowsAdvanced second = event(3, 2, ONE, 12, 19);
    assertEquals(20, counted(base, stray, first, second));
    assertEquals(20, counted(base, first, stray, second));
    assertEquals(1, setAside);
  }

  @Test
  void aLineMayForkTwice() {
    WindowsAdvanced two = event(2, 1, ONE, 10, 11);
    WindowsAdvanced three = event(3, 2, ONE, 12, 13);
    assertEquals(16, counted(base, two, event(8, 1, ONE, 10, 10), three, event(9, 2, ONE, 12, 12), event(4, 3, ONE, 14, 15)));
    assertEquals(2, setAside);
  }

  @Test
  void whatFollowsNothingKnownIsSetAside() {
    assertEquals(10, counted(base, event(3, 77, ONE, 10, 11)));
    assertEquals(1, setAside);
  }

  /** Neither has seen all of both sources: a writer that has lost its key writes no second event. */
  @Test
  void ofTwoThatHaveSeenDifferentSourcesTheLongerIsTaken() {
    WindowsAdvanced stray = event(2, 1, TWO, 0, 4);
    WindowsAdvanced first = event(3, 1, ONE, 10, 14);
    WindowsAdvanced second = event(4, 3, ONE, 15, 19);
    assertEquals(20, counted(base, stray, first, second));
    assertEquals(20, counted(base, first, stray, second));
  }

  @Test
  void eventsOfTheFirstFormatAreFoldedAsTheyCome() {
    WindowsAdvanced old = event(0, 0, ONE, 10, 14);
    assertEquals(20, counted(event(0, 0, ONE, 0, 9), old, event(2, 0, ONE, 15, 19)));
    assertEquals(20, counted(base, old, event(2, 0, ONE, 15, 19)));
  }
}
