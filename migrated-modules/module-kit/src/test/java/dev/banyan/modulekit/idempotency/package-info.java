/** The idempotency against a real database. */
@org.jspecify.annotations.NullMarked
package dev.banyan.modulekit.idempotency;
