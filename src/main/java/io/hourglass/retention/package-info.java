/**
 * What becomes of windows beyond a pipeline's retention: they are added up to days of its zone, and then removed.
 * {@code BucketFold} adds up, {@code Retention} goes through the buckets, {@code RetentionClock} says when.
 */
package io.hourglass.retention;
