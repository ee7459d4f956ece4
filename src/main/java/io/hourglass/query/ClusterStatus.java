package io.hourglass.query;

import java.util.concurrent.CompletionStage;

/** The nodes of the cluster, asked for what they hold. */
public interface ClusterStatus {

  /** Never fails for a node that does not answer: the answer names it. Within a few seconds. */
  CompletionStage<ClusterState> now();
}
