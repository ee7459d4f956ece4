/**
 * As much of Prometheus's HTTP API as Grafana's own data source for it needs to draw a key's windows. A window is a sample of
 * {@code <measure>_<aggregate>{pipeline,key}} at every instant of it: {@code start <= t < end}. Where no window is there is no sample.
 */
package io.hourglass.http.prometheus;
