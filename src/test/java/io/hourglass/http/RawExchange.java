package io.hourglass.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A request as no well-behaved client would write it, on a connection of its own, and what comes back. */
final class RawExchange {
  private static final int SILENCE_MS = 10_000;

  private RawExchange() {}

  /** @param headers names in small letters @param body of an endless stream nothing */
  record Answer(int status, Map<String, String> headers, byte[] body) {}

  /** @param head request line and headers, without the empty line */
  static Answer ask(int port, byte[] head, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(SILENCE_MS);
      OutputStream out = socket.getOutputStream();
      out.write(head);
      out.write("Connection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      try {
        out.write(body);
      } catch (IOException refusedBefore) {
        // it has answered
      }
      return read(socket.getInputStream());
    }
  }

  private static Answer read(InputStream in) throws IOException {
    String[] status = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.put(line.split(":", 2)[0].toLowerCase(Locale.ROOT), line.split(":", 2)[1].strip());
    }
    String length = headers.get("content-length");
    return new Answer(Integer.parseInt(status[1]), headers, length == null ? new byte[0] : in.readNBytes(Integer.parseInt(length)));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("no answer, but: " + line);
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
