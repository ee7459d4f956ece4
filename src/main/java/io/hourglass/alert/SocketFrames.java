package io.hourglass.alert;

import akka.NotUsed;
import akka.http.impl.engine.ws.FrameEvent$;
import akka.http.impl.engine.ws.FrameHandler;
import akka.http.impl.engine.ws.FrameStart;
import akka.http.impl.engine.ws.Protocol;
import akka.http.impl.engine.ws.Protocol$Opcode$Ping$;
import akka.http.impl.engine.ws.Protocol$Opcode$Text$;
import akka.stream.Attributes;
import akka.stream.FanInShape2;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.GraphDSL;
import akka.stream.javadsl.Source;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import scala.Option;

/**
 * Merges what the client's control frames call for with the frames for it, pings it, and closes by the
 * {@link StreamEnd} with which the frames fail. What the client says is read and dropped. Control comes
 * first. A close that the client does not take or answer in time ends the connection.
 */
final class SocketFrames extends GraphStage<FanInShape2<Object, Frame, Object>> {
  private static final int UNEXPECTED = 1011;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(8);
  private static final Object COMPLETED = FrameHandler.UserHandlerCompleted$.MODULE$;
  private static final Object PING = "ping";
  private static final Object CLOSE = "close";

  private final FanInShape2<Object, Frame, Object> shape =
      new FanInShape2<>(Inlet.create("control"), Inlet.create("frames"), Outlet.create("out"));
  private final Duration ping;

  private SocketFrames(Duration ping) {
    this.ping = ping;
  }

  /** From the control layer's output to its input. */
  static Flow<Object, Object, NotUsed> flow(Source<Frame, NotUsed> frames, Duration ping) {
    return Flow.fromGraph(GraphDSL.create(builder -> {
      FanInShape2<Object, Frame, Object> merge = builder.add(new SocketFrames(ping));
      builder.from(builder.add(frames)).toInlet(merge.in1());
      return FlowShape.of(merge.in0(), merge.out());
    }));
  }

  @Override
  public FanInShape2<Object, Frame, Object> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final Inlet<Object> control = shape.in0();
    private final Inlet<Frame> frames = shape.in1();
    private final Outlet<Object> out = shape.out();
    private final Queue<Object> urgent = new ArrayDeque<>();
    private boolean closing;

    Logic() {
      super(shape);
      setHandler(control, new FromClient());
      setHandler(frames, new ForClient());
      setHandler(out, new AbstractOutHandler() {
        @Override
        public void onPull() {
          pushNext();
        }
      });
    }

    @Override
    public void preStart() {
      pull(control);
      scheduleAtFixedRate(PING, ping, ping);
    }

    @Override
    public void onTimer(Object timer) {
      if (timer.equals(CLOSE)) {
        completeStage();
      } else if (!closing && urgent.isEmpty()) {
        send(new FrameHandler.DirectAnswer(full(Protocol$Opcode$Ping$.MODULE$, ByteString.emptyByteString())));
      }
    }

    private void send(Object urgently) {
      urgent.add(urgently);
      pushNext();
    }

    private void pushNext() {
      if (isAvailable(out)) {
        Object next = urgent.poll();
        if (next != null) {
          push(out, next);
        } else if (!isClosed(frames) && !hasBeenPulled(frames)) {
          pull(frames);
        }
      }
    }

    private void close(Object how) {
      closing = true;
      scheduleOnce(CLOSE, CLOSE_TIMEOUT);
      send(how);
    }

    private final class FromClient extends AbstractInHandler {
      @Override
      public void onPush() {
        Object element = grab(control);
        if (element instanceof FrameHandler.PeerClosed) {
          end(element);
          send(COMPLETED);
        } else if (element instanceof FrameHandler.ActivelyCloseWithCode) {
          end(element);
        } else if (element instanceof FrameHandler.BypassEvent) {
          send(element);
        }
        pullMore();
      }

      /** Pongs that nobody takes must not pile up. */
      private void pullMore() {
        if (!hasBeenPulled(control) && !isClosed(control)) {
          pull(control);
        }
      }

      /** By the client, or because it broke the protocol. */
      private void end(Object how) {
        cancel(frames);
        close(how);
      }
    }

    private final class ForClient extends AbstractInHandler {
      @Override
      public void onPush() {
        send(full(Protocol$Opcode$Text$.MODULE$, ByteString.fromString(grab(frames).json())));
      }

      @Override
      public void onUpstreamFinish() {
        if (!closing) {
          close(COMPLETED);
        }
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        int code = failure instanceof StreamEnd end ? end.code() : UNEXPECTED;
        String reason = failure instanceof StreamEnd end ? end.getMessage() : "internal error";
        close(new FrameHandler.ActivelyCloseWithCode(Option.apply(code), reason));
      }
    }
  }

  private static FrameStart full(Protocol.Opcode opcode, ByteString data) {
    return FrameEvent$.MODULE$.fullFrame(opcode, Option.empty(), data, true, false, false, false);
  }
}
