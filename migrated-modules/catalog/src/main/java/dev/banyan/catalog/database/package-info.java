/**
 * The PostgreSQL that the catalog brings along when it is given none.
 *
 * <p>{@link dev.banyan.catalog.database.EmbeddedDatabase} locks its folder, ends what an earlier
 * killed run may have left running in it ({@code LeftoverPostmaster}), and starts the server on a
 * free loopback port. It is started on the main thread and stopped in a shutdown hook.
 */
@NullMarked
package dev.banyan.catalog.database;

import org.jspecify.annotations.NullMarked;
