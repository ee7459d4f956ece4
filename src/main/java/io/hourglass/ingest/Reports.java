package io.hourglass.ingest;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.pubsub.Topic;

/** Carries partition reports to the {@link Board} of every node. */
public final class Reports {
  private Reports() {}

  public static Behavior<PartitionReport> create(Board board) {
    return Behaviors.setup(context -> {
      ActorRef<Topic.Command<PartitionReport>> topic =
          context.spawn(Topic.create(PartitionReport.class, "partition-reports"), "topic");
      ActorRef<PartitionReport> heard = context.spawn(writer(board), "board");
      topic.tell(Topic.subscribe(heard));
      return Behaviors.receiveMessage(report -> {
        topic.tell(Topic.publish(report));
        return Behaviors.same();
      });
    });
  }

  private static Behavior<PartitionReport> writer(Board board) {
    return Behaviors.receiveMessage(report -> {
      board.put(report);
      return Behaviors.same();
    });
  }
}
