/** The outbox against a real database. */
@org.jspecify.annotations.NullMarked
package dev.banyan.modulekit.outbox;
