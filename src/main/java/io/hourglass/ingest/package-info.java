/**
 * From Kafka to the entities: one stream and one ingester per assigned partition, which groups records by
 * key, tells each entity what its batch follows, has keys persisted in a steady trickle and commits the
 * offset below which everything is durable.
 */
package io.hourglass.ingest;
