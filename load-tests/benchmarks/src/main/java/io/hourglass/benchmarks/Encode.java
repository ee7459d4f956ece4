package io.hourglass.benchmarks;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import com.typesafe.config.ConfigFactory;
import io.hourglass.window.KeyState;
import io.hourglass.window.KeyWindows;
import io.hourglass.window.Observation;
import io.hourglass.window.Watch;
import io.hourglass.window.WindowsAdvanced;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A key's event to the bytes of the journal and back, by the serializer that the node uses. */
public class Encode extends Timed {
  private ActorSystem system;
  private Serialization serialization;
  private WindowsAdvanced event;
  private byte[] bytes;

  @Setup
  public void start() {
    system = ActorSystem.create("encode", ConfigFactory.load(
        ConfigFactory.parseString("akka { actor.provider = local, loglevel = OFF, coordinated-shutdown.exit-jvm = off }")
            .withFallback(ConfigFactory.parseResources("node.conf"))));
    serialization = SerializationExtension.get(system);
    event = event();
    bytes = serialization.serialize(event).get();
    System.out.println("event of " + bytes.length + " bytes");
  }

  /** Of a hundred observations, over the turn of an hour. */
  private static WindowsAdvanced event() {
    Samples samples = new Samples();
    KeyWindows windows = new KeyWindows(Samples.KEYS, new KeyState(Samples.KEYS));
    List<Observation> observations = Stream.generate(samples::observation).limit(100).toList();
    windows.observe(Samples.SOURCE, observations, Watch.NONE);
    return windows.event(true, 4_711);
  }

  @TearDown
  public void end() {
    system.terminate();
  }

  @Benchmark
  public byte[] write() {
    return serialization.serialize(event).get();
  }

  @Benchmark
  public Object read() {
    return serialization.deserialize(bytes, WindowsAdvanced.class).get();
  }
}
