package io.hourglass.exactness;

/**
 * Rules of the protocol that the simulation can leave out, to show that it would notice.
 *
 * <p>Two rules are economy, not safety, and so are not here: without persisting at passivation, or taking
 * answers of earlier runs, no history goes wrong; it only goes back more often.
 */
enum Mutation {
  NONE,
  /** The entity takes every batch, whatever it follows. */
  NO_ACCEPT_RULE,
  /** The ingester says of every batch that it follows nothing. */
  NO_PREVIOUS,
  /** The entity applies what it has already seen. */
  NO_DEDUPLICATION,
  /** A durable answer counts whatever it covers. */
  ANY_ANSWER_IS_DURABLE,
  /** The commit is the position, whatever is in doubt. */
  COMMIT_POSITION,
  /** The commit goes one record too far. */
  COMMIT_ONE_TOO_FAR,
  /** A passivated entity does not remember what it has seen. */
  FORGET_SEEN,
  /** The watermark of a request is taken though what it follows was lost. */
  ADVANCE_OVER_A_GAP,
  /** A key that has not answered is asked again for what it was asked for first, under the watermark that holds now. */
  ASK_AGAIN_AS_BEFORE,
  /** A key that lost something is told only the last of it again. */
  TELL_THE_LAST_AGAIN,
  /** The watermark is not committed with the offset. */
  FORGET_WATERMARK,
  /** A recovery folds every event of the journal, whoever wrote it. */
  FOLD_EVERY_WRITER,
  /** A recovery drops what a writer wrote before another wrote under the same number, as Akka's replay filter does. */
  TRUST_THE_LAST_WRITER
}
