package io.hourglass.alert;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One subscriber's frames: hello, what is kept behind its cursor, then what comes, and a heartbeat at a
 * fixed rate. History is read as the subscriber takes it. Once it has caught up, frames wait for it; when
 * more wait than allowed and that lasts, it is cut off ({@link StreamEnd#tooSlow}), as it is when its
 * history is dropped before it was read.
 */
final class Subscription extends GraphStage<SourceShape<Frame>> {

  /**
   * What a subscriber is given.
   *
   * @param heartbeat between heartbeats
   * @param frames that may wait
   * @param characters of JSON that may wait
   * @param grace how long more may wait before the subscriber is cut off; a burst is no fault of its own
   * @param marks what mutes an alert when it is told
   */
  record Terms(Duration heartbeat, int frames, long characters, Duration grace, InstantSource clock, Marks marks) {}

  private static final int CHUNK = 64;
  private static final Object HEARTBEAT = "heartbeat";
  private static final Object CUT_OFF = "cut-off";

  private final Outlet<Frame> out = Outlet.create("frames");
  private final AlertFeed feed;
  private final After after;
  private final AlertFilter filter;
  private final Terms terms;

  Subscription(AlertFeed feed, After after, AlertFilter filter, Terms terms) {
    this.feed = feed;
    this.after = after;
    this.filter = filter;
    this.terms = terms;
  }

  @Override
  public SourceShape<Frame> shape() {
    return SourceShape.of(out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic implements AlertFeed.Subscriber {
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AsyncCallback<StreamEnd> ended = createAsyncCallback(this::ended);
    private final AsyncCallback<AtomicBoolean> woken = createAsyncCallback(this::woken);
    private final Queue<KeptAlert> waiting = new ArrayDeque<>();
    private Frame first;
    /** What the subscriber has, or need not have. */
    private String lastId;
    private long waitingCharacters;
    private long scanned;
    private boolean live;
    private boolean heartbeatDue;

    Logic() {
      super(Subscription.this.shape());
      setHandler(out, new AbstractOutHandler() {
        @Override
        public void onPull() {
          pushNext();
        }
      });
    }

    @Override
    public void preStart() {
      feed.add(this);
      Extent extent = feed.extent();
      After.Start start = after.in(extent);
      lastId = extent.position(start.cursor()).toString();
      first = Frame.hello(extent.position(start.cursor()), start.gap());
      scanned = start.cursor();
      scheduleAtFixedRate(HEARTBEAT, terms.heartbeat(), terms.heartbeat());
    }

    @Override
    public void postStop() {
      feed.remove(this);
    }

    @Override
    public boolean wants(Alert alert) {
      return filter.matches(alert);
    }

    @Override
    public void wake() {
      if (awake.compareAndSet(false, true)) {
        woken.invoke(awake);
      }
    }

    @Override
    public void end(StreamEnd end) {
      ended.invoke(end);
    }

    private void ended(StreamEnd end) {
      failStage(end.at(lastId));
    }

    @Override
    public void onTimer(Object timer) {
      if (timer.equals(CUT_OFF)) {
        ended(StreamEnd.tooSlow());
      } else {
        heartbeatDue = true;
        pushNext();
      }
    }

    private void woken(AtomicBoolean flag) {
      flag.set(false);
      if (live) {
        scan();
        judge();
      }
      pushNext();
    }

    /** One frame, if it is wanted and there is one. */
    private void pushNext() {
      if (isAvailable(out) && !isClosed(out)) {
        if (first != null) {
          push(out, first);
          first = null;
        } else if (heartbeatDue) {
          heartbeatDue = false;
          push(out, heartbeat());
        } else {
          pushWaiting();
        }
      }
    }

    private Frame heartbeat() {
      return new Frame(Optional.empty(), AlertJson.heartbeat(terms.clock().instant()));
    }

    private void pushWaiting() {
      if (waiting.isEmpty()) {
        scan();
      }
      KeptAlert next = waiting.poll();
      if (next != null) {
        waitingCharacters -= next.json().length();
        push(out, next.frame(terms.marks().of(next.alert())));
        lastId = next.position().toString();
        judge();
      }
    }

    /** Moves matching alerts from the feed into the queue: a chunk of history, or all that is new. */
    private void scan() {
      long from = scanned;
      boolean more = false;
      for (KeptAlert alert : feed.after(scanned)) {
        if (!live && waiting.size() >= CHUNK) {
          more = true;
          break;
        }
        take(alert);
      }
      live = live || !more;
      if (feed.extent().lost() > from) {
        ended(StreamEnd.tooSlow());
      }
    }

    private void take(KeptAlert alert) {
      scanned = alert.position().offset();
      if (filter.matches(alert.alert())) {
        waiting.add(alert);
        waitingCharacters += alert.json().length();
      }
    }

    /** Starts the grace when too much waits, ends it when that is over. */
    private void judge() {
      boolean over = live && (waiting.size() > terms.frames() || waitingCharacters > terms.characters());
      if (over && !isTimerActive(CUT_OFF)) {
        scheduleOnce(CUT_OFF, terms.grace());
      } else if (!over) {
        cancelTimer(CUT_OFF);
      }
    }
  }
}
