package io.hourglass.settings;

/**
 * A rule as configured.
 *
 * @param when CEL over {@code window.count} and {@code <measure>.<aggregate>}
 * @param summary text with {@code {key}} and {@code {value}} to be filled in
 */
public record RuleSettings(String name, String when, String severity, String summary) {}
