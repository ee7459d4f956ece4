package io.hourglass.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TCP ports of 127.0.0.1. */
public final class Port {
  public static final String HOST = "127.0.0.1";
  /** A server may take a while to listen on its port; meanwhile nobody else is to get it. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Port() {}

  /** A port nobody listens on just now and that was not given before. Not reserved: take it soon. */
  public static int free() {
    while (true) {
      try (var socket = new ServerSocket(0, 1, loopback())) {
        if (GIVEN.add(socket.getLocalPort())) {
          return socket.getLocalPort();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fails with one line that names the port, what it is for, and how to choose another one. */
  public static void requireFree(int port, String purpose, String remedy) {
    if (!isFree(port)) {
      throw new ServerFailure("Port " + port + " (" + purpose + ") is in use. " + remedy);
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByName(HOST);
  }
}
