/**
 * What a pipeline watches for: conditions over the windows of a key, and the alerts that they raise.
 *
 * <p>Plain Java but for CEL, which stays behind {@link io.hourglass.rule.Condition}. Rules are evaluated
 * as observations are applied, in offset order and with event time alone, so a replay raises the same.
 */
package io.hourglass.rule;
