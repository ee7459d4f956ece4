package io.hourglass.window;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A key in life: its durable state and, on top, the pending delta of what came since.
 *
 * <p>The accept rule makes it exact. A batch names the offset it follows; it is taken iff that offset is
 * none or already {@link #seen}, and of a batch that is taken only the observations above {@code seen}
 * count. So a gap can't be applied over and a duplicate can't be applied twice.
 */
public final class KeyWindows {
  /** "Nothing of this key is in doubt": what a batch follows when everything before it is durable. */
  public static final long NO_PREVIOUS = -1;

  private final KeySpec spec;
  private final KeyState durable;
  private Pending pending = new Pending();
  private long watermark;
  /** The watermark at which the next open window closes: spares looking at each one for every batch. */
  private long nextClose = Long.MAX_VALUE;
  /** The window of the newest observation: the next one most often falls into it too. Null when it may have changed. */
  private Current current;
  /** The source of the newest observations, most often that of the next ones too, and what is seen of it. */
  private Source lastSource;
  private long lastSeen;
  private final Layers layers;
  private final Rolling rolling;
  private final Telling telling;
  private final Alerting alerting;

  /** @param watch the rules of the key */
  public KeyWindows(KeySpec spec, KeyState durable, Watch watch) {
    this.spec = spec;
    this.durable = durable;
    this.watermark = durable.watermark;
    durable.windows.keySet().forEach(start -> nextClose = Math.min(nextClose, spec.window().closesAt(start)));
    this.layers = new Layers(spec, durable);
    this.layers.on(pending);
    this.rolling = new Rolling(spec, durable);
    this.alerting = new Alerting(spec, watch, this, durable);
    this.telling = new Telling(spec, durable, this, layers, rolling, alerting.states());
    begin();
  }

  private void begin() {
    layers.on(pending);
    rolling.on(pending);
    telling.on(pending);
    alerting.states().on(pending);
  }

  /** The accept rule. */
  public boolean accepts(Source source, long previous) {
    return previous == NO_PREVIOUS || previous <= seen(source);
  }

  /** The highest offset of {@code source} whose effect is held, durable or not; −1 when none. */
  public long seen(Source source) {
    if (!source.equals(lastSource)) {
      Long held = pending.seen.get(source);
      lastSeen = held != null ? held : seenDurably(source);
      lastSource = source;
    }
    return lastSeen;
  }

  /** The highest offset of {@code source} whose effect is durable; −1 when none. */
  public long seenDurably(Source source) {
    return durable.seen.getOrDefault(source, -1L);
  }

  /** Applies the observations above {@code seen}; returns how many those were. */
  public int observe(Source source, List<Observation> observations) {
    int applied = 0;
    long seen = seen(source);
    alerting.review();
    for (Observation observation : observations) {
      if (observation.offset() > seen) {
        apply(source, observation);
        seen = observation.offset();
        applied++;
      }
    }
    if (applied > 0) {
      pending.seen.put(source, seen);
      lastSeen = seen;
    }
    return applied;
  }

  private void apply(Source source, Observation observation) {
    advance(observation.watermark());
    if (current == null || !current.takes(observation.timestamp(), watermark)) {
      long start = spec.window().startOf(observation.timestamp());
      if (closed(start)) {
        pending.late.add(new LateEvent(start, observation.timestamp(), source, observation.offset()));
        return;
      }
      current = current(start, source);
    }
    current.pending().add(source, observation);
    alerting.observed(current.live(), source, observation);
  }

  /** An open window that takes events, and how it looks from outside. */
  private record Current(long start, long end, long closesAt, WindowDelta pending, LiveWindow live) {
    boolean takes(long timestamp, long watermark) {
      return timestamp >= start && timestamp < end && watermark < closesAt;
    }
  }

  private Current current(long start, Source source) {
    WindowDelta delta = pending.windows.computeIfAbsent(start, at -> open(at, source));
    return new Current(start, spec.window().endOf(start), spec.window().closesAt(start), delta, layers.live(start, false));
  }

  private WindowDelta open(long start, Source source) {
    nextClose = Math.min(nextClose, spec.window().closesAt(start));
    return new WindowDelta(start, source.partition(), spec);
  }

  /** Has rules that have changed meanwhile evaluated. */
  public void review() {
    alerting.review();
  }

  /** Moves the watermark up to {@code to}; it never goes back. */
  public void advance(long to) {
    if (to > watermark) {
      watermark = to;
      alerting.advanced(to);
    }
  }

  /** Closes, by the wall clock, every open window whose end and lateness lie at or before {@code now}. */
  public void closeByClock(long now) {
    for (long start : layers.starts()) {
      if (!closed(start) && spec.window().closed(start, now - 1)) {
        pending.closedByClock.add(start);
        current = null;
        alerting.closedByClock(spec.window().endOf(start));
      }
    }
  }

  boolean closed(long start) {
    return spec.window().closed(start, watermark) || closedByClock(start);
  }

  boolean closedByClock(long start) {
    return pending.closedByClock.contains(start) || durable.closedByClock.contains(start);
  }

  /** Whether the watermark has passed the close of a window since {@link #closing} was last asked. */
  public boolean closeDue() {
    return watermark >= nextClose;
  }

  /** Closed windows whose close has not left yet, oldest first. */
  public List<Long> closing() {
    List<Long> closing = new ArrayList<>();
    nextClose = Long.MAX_VALUE;
    for (long start : layers.starts()) {
      if (!closed(start)) {
        nextClose = Math.min(nextClose, spec.window().closesAt(start));
      } else if (!left(start)) {
        closing.add(start);
      }
    }
    return closing;
  }

  boolean left(long start) {
    return durable.published.contains(start) || pending.published.contains(start);
  }

  /**
   * Start of a window in which nothing may come and at whose end a rule may change all the same: the key wants to be told of it.
   * {@code Long.MIN_VALUE}: none.
   */
  public long awaited() {
    return alerting.awaited();
  }

  /** The source partition that opened the newest closed window. */
  public int newestPartition() {
    return durable.windows.isEmpty() ? 0 : durable.windows.lastEntry().getValue().partition();
  }

  /** The source partition that opened the window that begins at {@code start}; it sees to its close. */
  public int partition(long start) {
    return durable.windows.get(start).partition();
  }

  /** Windows that the pending delta opens: the durable state does not hold them. */
  public List<Long> opening() {
    return pending.windows.keySet().stream().filter(start -> !durable.windows.containsKey(start)).toList();
  }

  /** Open windows of the durable state. */
  public List<Long> open() {
    return durable.windows.keySet().stream().filter(start -> !closed(start)).toList();
  }

  /** Notes that the close of a window has left; the next event records it. */
  public void published(long start) {
    pending.published.add(start);
  }

  /** Whether there is something that a crash would lose. */
  public boolean dirty() {
    return !pending.isEmpty();
  }

  /**
   * Whether an event must be written before a close may leave: something is pending, or the watermark that
   * closes could not be worked out again after a crash.
   *
   * @param mixed whether the key's events may come from several partitions: then which watermark closed a window does
   *     not follow from the log alone
   */
  public boolean toRecord(boolean mixed) {
    return dirty() || mixed && watermark > durable.watermark && !closing().isEmpty();
  }

  /** Windows that the next event will hold something of. */
  public int pendingWindows() {
    return pending.windows.size();
  }

  /** Late events that wait for the next event. */
  public int pendingLate() {
    return pending.late.size();
  }

  /** Alerts that wait for the next event. */
  public boolean alerting() {
    return !pending.alerts.isEmpty();
  }

  /**
   * The event that makes the pending delta durable.
   *
   * @param sent whether the alerts and late events of all events before it have left
   * @param id any number but 0 that no other event of this key has
   */
  public WindowsAdvanced event(boolean sent, long id) {
    return pending.event(watermark, spec.panes().first(rolling.newestPane(false)), sent, id, durable.newest, alerting.progress(pending));
  }

  /** Notes that the event of the pending delta was persisted and applied to the durable state. */
  public void persisted() {
    pending = new Pending();
    begin();
    current = null;
  }

  /** Whether a close has left that no event records yet. */
  public boolean unrecorded() {
    return !pending.published.isEmpty();
  }

  /** Whether there are alerts or late events that are not known to have left. */
  public boolean unsent() {
    return !durable.unsentLate.isEmpty() || !durable.unsentAlerts.isEmpty();
  }

  /** Durable late events that may not have left. */
  public List<LateEvent> unsentLate() {
    return List.copyOf(durable.unsentLate);
  }

  /** Durable alerts that may not have left. */
  public List<RaisedAlert> unsentAlerts() {
    return List.copyOf(durable.unsentAlerts);
  }

  /** Durable late count of the window that begins at {@code start}. */
  public long late(long start) {
    return durable.late.getOrDefault(start, 0L);
  }

  public long watermark() {
    return watermark;
  }

  public boolean isNew() {
    return durable.isNew() && pending.seen.isEmpty();
  }

  /** The partitions whose events this key holds. */
  public IntStream partitions() {
    return durable.seen.keySet().stream().mapToInt(Source::partition);
  }

  /** The key now, or of its durable state alone. */
  public KeyResult result(boolean durableOnly) {
    return telling.result(durableOnly);
  }

  /**
   * The rolling window of the key, alone: what came in the {@code length} up to the newest event or the watermark, whichever is
   * later. No window when the key was never seen.
   *
   * @param length milliseconds, a multiple of a pane's size up to the longest that is kept
   */
  public KeyResult rolling(long length, boolean durableOnly) {
    return telling.rolling(length, durableOnly);
  }

  /** One window as it stands, or null when this key does not hold it. */
  public WindowResult window(long start, boolean durableOnly) {
    return telling.window(start, durableOnly);
  }

  /** The same with what its results do not tell. */
  public StoredWindow stored(long start, boolean durableOnly) {
    return telling.stored(start, durableOnly);
  }

  /** A window that this key has just told, with what its results do not tell. */
  public StoredWindow stored(WindowResult window, boolean durableOnly) {
    return telling.stored(window, durableOnly);
  }

  /** One window as it stands among those of other keys, or null when this key does not hold it. */
  public WindowShare share(long start) {
    return telling.share(start);
  }

  /** What of the durable state is needed to answer for this key when it is not in memory. */
  public RestingKey resting() {
    return RestingKey.of(spec, durable, watermark);
  }

  Layers layers() {
    return layers;
  }

  Rolling rolling() {
    return rolling;
  }

  /** The newest closed window that begins before {@code start}; null if there is none. */
  WindowView closedBefore(long start) {
    Long before = start;
    do {
      before = layers.before(before);
    } while (before != null && !closed(before));
    return before == null ? null : layers.live(before, false);
  }

  long pendingLate(long start) {
    return pending.late.stream().filter(each -> each.start() == start).count();
  }
}
