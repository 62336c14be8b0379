/**
 * The rules while they are in force: read again on a change, on SIGHUP or when asked, planned as a
 * diff, applied whole or not at all. A watcher thread looks at the files; nothing here runs on an
 * event loop, which sees a new table as one volatile read.
 */
@NullMarked
package dev.banyan.app.rules;

import org.jspecify.annotations.NullMarked;
