/**
 * What outlives the process: the ledger and the mismatch journal in PostgreSQL, and the last table
 * on disk. {@link dev.banyan.app.store.StoreLink} holds the link to the database and brings the
 * table up to the ledger whenever the database is back. Blocking.
 */
@NullMarked
package dev.banyan.app.store;

import org.jspecify.annotations.NullMarked;
