/** What can be asked of a pipeline: keys and windows, merged from live entities and the read tables. */
package io.hourglass.query;
