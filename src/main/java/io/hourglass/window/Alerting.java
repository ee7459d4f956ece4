package io.hourglass.window;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The rules of a key in motion: turns what is applied, and how far the watermark has come, into the scenes that they are
 * evaluated at. All of it follows from the observations and watermarks in their order, so a replay evaluates the same.
 *
 * <ul>
 *   <li>An observation: at the greatest event time of the key so far.
 *   <li>The end of the running window: once, when an observation of a later one comes or the watermark closes it. Nothing has
 *       come in the window that runs from then on.
 *   <li>The close of a window, in the order of their ends; windows without events between are closed like others.
 * </ul>
 *
 * <p>Of windows in which nothing comes only those are told in which a rule can change.
 */
final class Alerting {
  private static final long NONE = RuleProgress.NONE;

  private final WindowSpec spec;
  private final Watch watch;
  private final KeyWindows windows;
  private final RuleStates states;
  private final Moment moment = new Moment();
  private long version;
  private long reviews;
  private long time;
  private long running;
  private long closed;
  /** The watermark at which the next close is evaluated. */
  private long closeDue;
  /** Whether another window without events is like those before it. */
  private boolean settled;

  Alerting(KeySpec spec, Watch watch, KeyWindows windows, KeyState durable) {
    this.spec = spec.window();
    this.watch = watch;
    this.windows = windows;
    this.states = new RuleStates(durable);
    this.time = durable.ruleTime;
    this.running = durable.running;
    this.closed = durable.rulesClosed;
    this.version = durable.rulesVersion;
    this.reviews = durable.reviews;
    long next = nextToClose();
    this.closeDue = next == NONE ? Long.MAX_VALUE : this.spec.closesAt(next);
    this.settled = closed == NONE || !watch.looksAtCloses() || endOfNewest() < closed;
  }

  /** Start of the next window whose close is to be evaluated; {@code Long.MIN_VALUE}: none is known yet. */
  private long nextToClose() {
    return closed == NONE ? windows.layers().startFrom(Long.MIN_VALUE) : closed;
  }

  private long endOfNewest() {
    WindowView newest = windows.closedBefore(closed);
    return newest == null ? NONE : newest.end();
  }

  RuleStates states() {
    return states;
  }

  /** What an event is to hold of the rules; null when nobody watches. */
  RuleProgress progress(Pending pending) {
    return watch.active() || !pending.rules.isEmpty()
        ? new RuleProgress(List.copyOf(pending.rules.values()), time, running, closed,
            List.copyOf(pending.samples), List.of(), List.copyOf(pending.values), List.copyOf(pending.points), List.of(), version, reviews) : null;
  }

  /** Sees to it that the states are those of the rules of now. */
  void review() {
    if (version != watch.version()) {
      boolean first = version == 0;
      version = watch.version();
      reviews++;
      if (first) {
        beginWatching();
      }
      settled = !watch.looksAtCloses();
      if (running != NONE) {
        watch.changed(runningNow(), newestClosed(), states);
      }
    }
  }

  /** The first rules of a key, or the first for a while: the newest window runs, and what has closed is none of their business. */
  private void beginWatching() {
    running = windows.layers().newest();
    if (running != NONE) {
      time = Math.max(Math.max(time, running), windows.rolling().newestPane(false));
      WindowView newest = windows.closedBefore(Long.MAX_VALUE);
      closed = newest == null ? NONE : newest.end();
      closeDue = spec.closesAt(nextToClose());
    }
  }

  private Scene runningNow() {
    return new Moment().set(time, time, view(running), null, null);
  }

  /** The window as it stands, or one in which nothing has come. */
  private WindowView view(long start) {
    LiveWindow live = windows.layers().live(start, false);
    return live.isMissing() ? new NoWindow(start, spec.endOf(start)) : live;
  }

  private Scene newestClosed() {
    WindowView newest = closed == NONE ? null : windows.closedBefore(closed);
    return newest == null ? null : new Moment().set(closed, closed - 1, newest, null, null);
  }

  /** An observation was applied to the window {@code live}. */
  void observed(WindowView live, Source source, Observation observation) {
    time = Math.max(time, observation.timestamp());
    if (!watch.active()) {
      return;
    }
    if (closed == NONE) {
      closeDue = Math.min(closeDue, spec.closesAt(live.start()));
    }
    if (live.start() > running) {
      endUntil(live.start());
      running = live.start();
    }
    watch.observed(moment.observed(live, source, observation), states);
  }

  /** The watermark has come to {@code watermark}. */
  void advanced(long watermark) {
    if (watermark >= closeDue && watch.active()) {
      closeUntil(spec.startOf(watermark + 1 - spec.allowedLatenessMs()));
    }
  }

  /** The wall clock has closed windows with events, the last of which ends at {@code end}; what comes later may still come. */
  void closedByClock(long end) {
    if (watch.active()) {
      closeUntil(end);
    }
  }

  private void endUntil(long until) {
    while (running != NONE && spec.endOf(running) <= until) {
      long end = spec.endOf(running);
      time = Math.max(time, end);
      running = end;
      watch.ended(moment.ended(end), states);
      running = nextEmpty(end, until);
    }
  }

  /** The next window after one without events that is to be looked at, {@code most} at the latest. */
  private long nextEmpty(long end, long most) {
    return Math.max(end, spec.startOf(Math.min(deadline(end) - 1, most)));
  }

  private long deadline(long after) {
    long deadline = watch.deadline(states, after);
    return watch.looksBack() ? Math.min(deadline, windows.rolling().leaves(after)) : deadline;
  }

  private void closeUntil(long beyond) {
    long start = nextToClose();
    while (start < beyond) {
      long end = spec.endOf(start);
      endUntil(end);
      WindowView window = view(start);
      boolean empty = window instanceof NoWindow;
      watch.closed(moment.closed(window), states);
      settled = empty || !watch.looksAtCloses();
      start = empty ? nextEmpty(end, nextWithEvents(end, beyond)) : end;
    }
    closed = start;
    closeDue = spec.closesAt(start);
  }

  /**
   * Start of the next window that the key must see to its end although nothing may come in it: a rule may change then. Told
   * once it is certain that no event is in it yet; {@code Long.MIN_VALUE}: none.
   */
  long awaited() {
    if (!watch.active() || closed == NONE) {
      return NONE;
    }
    long deadline = settled ? deadline(closed) : closed + 1;
    long start = deadline == Long.MAX_VALUE ? NONE : spec.startOf(deadline - 1);
    return start != NONE && windows.layers().live(start, false).isMissing() ? start : NONE;
  }

  private long nextWithEvents(long from, long most) {
    long next = windows.layers().startFrom(from);
    return next == NONE ? most : Math.min(next, most);
  }

  /** The one scene of this key, filled anew for each moment. */
  private final class Moment implements Scene {
    private long at;
    /** Newest event time that may have come by then. */
    private long newest;
    private WindowView window;
    private Source source;
    private Observation event;

    Scene observed(WindowView live, Source from, Observation observation) {
      return set(time, time, live, from, observation);
    }

    Scene ended(long end) {
      return set(end, end - 1, new NoWindow(end, spec.endOf(end)), null, null);
    }

    Scene closed(WindowView view) {
      return set(view.end(), view.end() - 1, view, null, null);
    }

    private Scene set(long newTime, long takenIn, WindowView view, Source from, Observation observation) {
      at = newTime;
      newest = takenIn;
      window = view;
      source = from;
      event = observation;
      return this;
    }

    @Override
    public long time() {
      return at;
    }

    @Override
    public WindowView window() {
      return window;
    }

    @Override
    public boolean running() {
      return window.start() == running;
    }

    @Override
    public WindowView previous() {
      return windows.closedBefore(window.start());
    }

    @Override
    public WindowView rolling() {
      return windows.rolling().at(newest);
    }

    @Override
    public Observation event() {
      return event;
    }

    @Override
    public Moments baseline(String series, boolean weekly) {
      return states.baseline(series, slot(weekly));
    }

    @Override
    public long localStart() {
      return window.start() + 1_000L * spec.zone().getRules().getOffset(Instant.ofEpochMilli(window.start())).getTotalSeconds();
    }

    @Override
    public int slot(boolean weekly) {
      LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(window.start()), spec.zone());
      return weekly ? (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour() : local.getHour();
    }

    @Override
    public boolean isNew(KnownValue value) {
      return states.isNew(value);
    }

    @Override
    public String cause() {
      return event == null ? "end/" + reviews : source + "/" + event.offset();
    }
  }
}
