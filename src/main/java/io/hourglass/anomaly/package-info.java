/**
 * How odd the values of a series are: one detector per series, value by value, against what came before.
 *
 * <p>Plain Java but for AWS's random cut forest, which stays behind {@link io.hourglass.anomaly.Forest}. The same
 * values give the same scores on every machine: logarithms and powers are those of {@link java.lang.StrictMath}, and
 * what is drawn is drawn from fixed seeds.
 */
package io.hourglass.anomaly;
