package io.hourglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"(dashboard/[^\"]+)\"|from '\\./([^']+)'");
  private static ActorTestKit kit;
  private static ServerBinding binding;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create();
    binding = Http.get(kit.system()).newServerAt("127.0.0.1", 0).bind(new Pages().route()).toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static HttpResponse<String> ask(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void aBrowserMayLoadNothingFromElsewhere() throws Exception {
    HttpResponse<String> page = ask("/");
    String policy = header(page, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertTrue(policy.matches("[^:*]*"), "no scheme, no host, no wildcard: " + policy);
    assertEquals("text/html; charset=UTF-8", header(page, "Content-Type"));
    assertTrue(!page.body().matches("(?s).*(https?:|<style|onload=|<script>).*"), page.body());
  }

  /** Every part that a part names is there, as what it is. */
  @Test
  void allPartsAreServed() throws Exception {
    Deque<String> open = new ArrayDeque<>(List.of("/"));
    Set<String> seen = new TreeSet<>(open);
    while (!open.isEmpty()) {
      String path = open.pop();
      HttpResponse<String> part = ask(path);
      assertEquals(200, part.statusCode(), path);
      assertEquals("nosniff", header(part, "X-Content-Type-Options"));
      String type = path.endsWith(".js") ? "text/javascript; charset=UTF-8" : path.endsWith(".css") ? "text/css; charset=UTF-8" : "";
      assertTrue(header(part, "Content-Type").contains(type), path + ": " + header(part, "Content-Type"));
      Matcher named = NAMED.matcher(part.body());
      while (named.find()) {
        String next = named.group(1) == null ? "/dashboard/" + named.group(2) : "/" + named.group(1);
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    assertTrue(seen.contains("/dashboard/lib/preact.js") && seen.contains("/dashboard/theme.css"), seen.toString());
  }

  @Test
  void isSentOnceUntilItChanges() throws Exception {
    String tag = header(ask("/dashboard/main.js"), "ETag");
    assertEquals(304, ask("/dashboard/main.js", "If-None-Match", tag).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dashboard/none.js", "/dashboard/..%2Freference.conf", "/dashboard/index.html", "/dashboard/%2e%2e/reference.conf", "/dashboard/", "/dashboard/lib/x.js"})
  void nothingElseOfTheJarIsServed(String path) throws Exception {
    assertEquals(404, ask(path).statusCode());
  }
}
