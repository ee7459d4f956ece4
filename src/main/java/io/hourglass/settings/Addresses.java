package io.hourglass.settings;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.stream.Stream;

/** Addresses of the form {@code host:port}; {@code [::1]:9042} for IPv6. Names are not looked up. */
final class Addresses {
  private Addresses() {}

  static boolean isAddress(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    boolean named = host.matches("[A-Za-z0-9._-]+") || host.matches("\\[[0-9A-Fa-f:.%]+]");
    return named && isPort(text.substring(colon + 1));
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535;
  }

  /** One or more, with commas between. */
  static boolean areAddresses(String text) {
    return split(text).allMatch(Addresses::isAddress);
  }

  static Stream<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::trim);
  }

  static InetSocketAddress of(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
    return InetSocketAddress.createUnresolved(host, Integer.parseInt(text.substring(colon + 1)));
  }
}
