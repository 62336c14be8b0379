/** Requests that leave no trace, tried against every kind of trace. */
@org.jspecify.annotations.NullMarked
package dev.banyan.modulekit.shadow;
