package io.hourglass.dashboard;

import io.hourglass.services.Checkout;
import io.hourglass.services.NodeProcess;
import io.hourglass.services.Port;
import io.hourglass.services.Services;
import io.hourglass.services.Tool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person who watches a cluster by the page of one node sees the other come, leave, come back as a new release, and be lost. */
@Timeout(300)
class RolledIT {
  /** Of two halves of a cluster the one with the lowest address goes on. */
  private static final int[] PORTS = IntStream.of(Port.free(), Port.free()).sorted().toArray();
  private static final int SEED = PORTS[0];
  private static final String OTHER = "127.0.0.1:" + PORTS[1];
  private static NodeProcess watched;
  private static Browser browser;

  @BeforeAll
  static void start() {
    Tool.required("chromium");
    Tool.required("chromedriver");
    Services.kafka().createTopics(4, Scene.CLICKS, Scene.LIVE);
    watched = node("rolled-1", SEED).property("hourglass.cassandra.create-schema", "on");
    watched.start();
    browser = new Browser(watched.api(), Services.directory("chromium-rolled"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (watched != null) {
      watched.stop();
    }
  }

  private static NodeProcess node(String name, int remote) {
    return Services.node(name).ports(Port.free(), Port.free(), remote)
        .configuration(Checkout.path("src/test/resources/dashboard.conf")).property("test.keyspace", "rolled")
        .property("akka.cluster.seed-nodes.0", "akka://hourglass@127.0.0.1:" + SEED);
  }

  @Test
  void aRollAndALostNodeAreSeenAsTheyHappen() {
    browser.open("");
    browser.until(".cluster h2", "1 node");
    NodeProcess old = node("rolled-2", PORTS[1]);
    old.start();
    browser.until(".changes", OTHER + " came");
    browser.until(".cluster h2", "2 nodes");
    old.stop();
    browser.until(".changes", OTHER + " is gone");
    try (NodeProcess renewed = node("rolled-3", PORTS[1]).environment("HOURGLASS_ROLLOUT", "7")) {
      renewed.start();
      browser.until(".cluster-note", "run together");
      browser.until(".nodes", "+7");
      renewed.kill();
      browser.until(".changes", OTHER + " is lost: unreachable");
      browser.until(".cluster-note", OTHER + " is unreachable");
      browser.picture(Checkout.path("target/dashboard/lost-node.png"));
      browser.until(".cluster h2", "1 node");
      browser.untilNone(".cluster-note");
    }
  }
}
