/**
 * The PostgreSQL that the facade brings along when it is given none.
 *
 * <p>It locks its folder, ends what an earlier killed run may have left running in it, and starts
 * the server on a free loopback port; on the main thread, and stopped in a shutdown hook.
 */
@NullMarked
package dev.banyan.app.database;

import org.jspecify.annotations.NullMarked;
