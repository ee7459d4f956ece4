package io.hourglass.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of a key as a recovery reads them, put in order when two writers wrote at a time.
 *
 * <p>A paused node that wakes, or one that was cut off, may hold an entity that lives elsewhere by then. A write of
 * it that was on its way lands beside the other's, with the same sequence number. Every event names the one it
 * {@link WindowsAdvanced#follows}, so the journal is a tree, and a key's state is one path through it: each path is
 * complete and counts every event of a source once, up to its {@code seen}. The path is taken that has seen most of
 * every source: it covers all that any writer has called durable. If none has, the longest: a writer that has lost
 * its key writes no second event.
 *
 * <p>The newest event waits here until one follows it; with a single writer nothing else does.
 */
public final class Branches {
  private static final Comparator<List<WindowsAdvanced>> LONGEST =
      Comparator.<List<WindowsAdvanced>>comparingInt(List::size).thenComparing(branch -> last(branch).id());

  private final KeyState state;
  private final List<List<WindowsAdvanced>> open = new ArrayList<>();
  private int setAside;

  /** @param state what a snapshot held, or nothing; what is certain is folded into it */
  public Branches(KeyState state) {
    this.state = state;
  }

  /** Takes the next event of the journal, in the order of sequence numbers. */
  public void read(WindowsAdvanced event) {
    if (event.id() == 0) {
      settle();
      state.apply(event);
      return;
    }
    attach(event);
    foldCertain();
  }

  private void attach(WindowsAdvanced event) {
    for (List<WindowsAdvanced> branch : open) {
      if (last(branch).id() == event.follows()) {
        branch.add(event);
        return;
      }
    }
    List<WindowsAdvanced> fork = prefix(event.follows());
    if (fork == null) {
      setAside++;
      return;
    }
    fork.add(event);
    open.add(fork);
  }

  /** The events from the folded state to the one with this id, or null when there is none. */
  private List<WindowsAdvanced> prefix(long id) {
    if (id == state.newest) {
      return new ArrayList<>();
    }
    for (List<WindowsAdvanced> branch : open) {
      for (int i = 0; i < branch.size(); i++) {
        if (branch.get(i).id() == id) {
          return new ArrayList<>(branch.subList(0, i + 1));
        }
      }
    }
    return null;
  }

  private void foldCertain() {
    if (open.size() == 1) {
      List<WindowsAdvanced> only = open.get(0);
      while (only.size() > 1) {
        state.apply(only.remove(0));
      }
    }
  }

  /** Ends the reading: folds the best branch in. */
  public KeyState settle() {
    open.stream().filter(this::mostSeen).max(LONGEST).ifPresent(best -> {
      open.forEach(branch -> setAside += apart(branch, best));
      best.forEach(state::apply);
    });
    open.clear();
    return state;
  }

  /** Whether no other branch has seen more. */
  private boolean mostSeen(List<WindowsAdvanced> branch) {
    return open.stream().noneMatch(other -> other != branch && covers(seen(other), seen(branch)) && !covers(seen(branch), seen(other)));
  }

  private static int apart(List<WindowsAdvanced> branch, List<WindowsAdvanced> best) {
    return (int) branch.stream().filter(event -> best.stream().noneMatch(other -> other.id() == event.id())).count();
  }

  private Map<Source, Long> seen(List<WindowsAdvanced> branch) {
    Map<Source, Long> seen = new TreeMap<>(state.seen);
    branch.forEach(event -> event.seen().forEach(each -> seen.merge(each.source(), each.offset(), Math::max)));
    return seen;
  }

  private static boolean covers(Map<Source, Long> one, Map<Source, Long> other) {
    return other.entrySet().stream().allMatch(each -> one.getOrDefault(each.getKey(), -1L) >= each.getValue());
  }

  private static WindowsAdvanced last(List<WindowsAdvanced> branch) {
    return branch.get(branch.size() - 1);
  }

  /** How many events of other writers were not folded in. */
  public int setAside() {
    return setAside;
  }
}
