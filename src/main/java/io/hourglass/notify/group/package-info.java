/**
 * Which alerts are sent when: plain Java that is told the time. Grouping and timing are those of Alertmanager's dispatcher
 * and its deduplication ({@code dispatch.aggrGroup}, {@code notify.DedupStage}), pushing is that of Prometheus's notifier.
 */
package io.hourglass.notify.group;
