/** Every metric name in one place. */
package io.hourglass.telemetry;
