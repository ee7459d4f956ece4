/**
 * Alerts on their way to other systems: webhooks and Alertmanagers. Fed from the alert log by one node of the cluster at a
 * time, at least once; what fires and what was sent is kept in a shared table, so that another node goes on where one ended.
 */
package io.hourglass.notify;
