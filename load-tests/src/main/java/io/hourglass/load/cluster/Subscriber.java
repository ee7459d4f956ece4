package io.hourglass.load.cluster;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/**
 * A subscriber to the alert stream as people are told to write one: when the connection ends or is silent it goes to
 * another node and resumes after the last id it saw.
 */
final class Subscriber implements AutoCloseable {
  /** Longer than a heartbeat takes. */
  private static final long SILENCE_NS = Duration.ofSeconds(40).toNanos();
  private static final long LOOK_NS = 200_000_000;
  private static final int CONNECT_S = 5;

  private final List<Member> members;
  private final Thread thread = new Thread(this::run);
  private final Map<String, Firing> byId = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private String after = "earliest";
  private int turn;
  private int frames;
  private int connections;
  private volatile boolean closed;

  Subscriber(List<Member> members, int first) {
    this.members = members;
    this.turn = first;
    thread.setName("subscriber-" + first);
    thread.setDaemon(true);
    thread.start();
  }

  /** Alerts by id; frames that came again are in it once. */
  synchronized Map<String, Firing> alerts() {
    return new HashMap<>(byId);
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized int frames() {
    return frames;
  }

  synchronized int connections() {
    return connections;
  }

  private void run() {
    while (!closed) {
      var member = members.get(turn++ % members.size());
      if (member.ready()) {
        listen(member);
      }
      LockSupport.parkNanos(LOOK_NS);
    }
  }

  private void listen(Member member) {
    var connection = new Connection(URI.create(member.api().toString().replaceFirst("http", "ws") + "/v1/alerts/stream?pipeline="
        + Load.PIPELINE + "&after=" + URLEncoder.encode(after(), StandardCharsets.UTF_8)));
    try {
      if (connection.connectBlocking(CONNECT_S, TimeUnit.SECONDS)) {
        while (!closed && connection.isOpen() && System.nanoTime() - connection.heard < SILENCE_NS) {
          LockSupport.parkNanos(LOOK_NS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connection.getConnection().closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    }
  }

  private synchronized String after() {
    return after;
  }

  private synchronized void frame(String text) {
    var frame = Asking.parse(text);
    switch (frame.get("type").asText()) {
      case "hello" -> {
        connections++;
        if (frame.get("gap").asBoolean()) {
          faults.add("told of a gap after " + after);
        }
      }
      case "alert" -> {
        frames++;
        after = frame.get("id").asText();
        byId.put(after, Firing.of(frame));
      }
      default -> { }
    }
  }

  private final class Connection extends WebSocketClient {
    private volatile long heard = System.nanoTime();

    Connection(URI uri) {
      super(uri);
    }

    @Override
    public void onOpen(ServerHandshake handshake) { }

    @Override
    public void onMessage(String text) {
      heard = System.nanoTime();
      frame(text);
    }

    @Override
    public void onClose(int code, String reason, boolean byServer) { }

    /** The next node is tried. */
    @Override
    public void onError(Exception error) { }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(15_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
