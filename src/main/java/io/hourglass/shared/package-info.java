/** What all nodes know alike and people change while the program runs: small tables, kept in Kafka, held in memory. */
package io.hourglass.shared;
