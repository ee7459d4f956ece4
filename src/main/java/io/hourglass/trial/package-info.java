/** Rules tried on events with nothing kept and nobody told: no Cassandra, no clock, the same windows and rules. */
package io.hourglass.trial;
