package io.hourglass.http;

import io.hourglass.query.EventIntake.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a body: one object, the elements of an array, or lines. It is cut where events end and not parsed, so that
 * an event keeps its bytes and a bad one spoils no other.
 */
final class EventBody {
  private static final String EXPECTED = "one object, an array of objects, or lines of them as application/x-ndjson";

  private final byte[] body;
  private final int most;
  private final List<Line> lines = new ArrayList<>();

  private EventBody(byte[] body, int most) {
    this.body = body;
    this.most = most;
  }

  /** Elements of an array are numbered from 1. @param most how many there may be */
  static List<Line> json(byte[] body, int most) {
    EventBody events = new EventBody(body, most);
    int first = events.skipped(events.start(), body.length);
    if (first == body.length) {
      throw refused("nothing");
    }
    if (body[first] == '[') {
      events.array(first + 1);
    } else if (body[first] == '{') {
      events.add(1, first, body.length);
    } else {
      throw refused("something that begins with " + (body[first] > ' ' ? "'" + (char) body[first] + "'" : "byte " + (body[first] & 0xff)));
    }
    return events.lines;
  }

  /** Lines are numbered from 1, empty ones included, which are no events. */
  static List<Line> lines(byte[] body, int most) {
    EventBody events = new EventBody(body, most);
    int number = 1;
    int from = events.start();
    for (int at = from; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        if (events.skipped(from, at) < at) {
          events.add(number, from, at);
        }
        number++;
        from = at + 1;
      }
    }
    if (events.lines.isEmpty()) {
      throw refused("nothing");
    }
    return events.lines;
  }

  /** Behind a byte order mark. */
  private int start() {
    boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private int skipped(int from, int to) {
    int at = from;
    while (at < to && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r' || body[at] == '\n')) {
      at++;
    }
    return at;
  }

  /** An element ends at a comma or bracket that stands in no string, object or array of its own. */
  private void array(int start) {
    int from = start;
    int depth = 0;
    boolean text = false;
    for (int at = start; at < body.length; at++) {
      byte next = body[at];
      if (text) {
        at += next == '\\' ? 1 : 0;
        text = next != '"';
      } else if (depth == 0 && (next == ',' || next == ']')) {
        element(from, at, next == ']');
        from = at + 1;
        if (next == ']') {
          end(from);
          return;
        }
      } else {
        text = next == '"';
        depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
        depth = Math.max(0, depth);
      }
    }
    throw refused("an array without end");
  }

  private void element(int from, int to, boolean last) {
    boolean none = last && lines.isEmpty() && skipped(from, to) == to;
    if (!none) {
      add(lines.size() + 1, from, to);
    }
  }

  private void end(int from) {
    if (skipped(from, body.length) < body.length) {
      throw refused("more behind the array");
    }
  }

  private void add(int number, int from, int to) {
    if (lines.size() == most) {
      throw Problem.tooLarge("body: more than " + most + " events (expected: at most " + most + "; send them in several requests)").refusal();
    }
    int begin = skipped(from, to);
    int end = to;
    while (end > begin && skipped(end - 1, end) == end) {
      end--;
    }
    lines.add(new Line(number, Arrays.copyOfRange(body, begin, end)));
  }

  private static Problem.Refusal refused(String found) {
    return Problem.badBody(List.of("body: " + found + " (expected: " + EXPECTED + ")")).refusal();
  }
}
