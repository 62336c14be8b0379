/**
 * The PostgreSQL that the facade brings along when it is given none.
 *
 * <p>It locks its folder, ends what an earlier killed run may have left running in it, and starts
 * the server on a free loopback port, behind a password that is kept beside it. A thread of its own
 * starts it again should it end; a shutdown hook stops it.
 */
@NullMarked
package dev.banyan.app.database;

import org.jspecify.annotations.NullMarked;
