/** Benchmarks of the parts of the hot path, in the order in which an event passes them: decode, note, fold, encode. */
package io.hourglass.benchmarks;
