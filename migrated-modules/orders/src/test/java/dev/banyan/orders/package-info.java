/** The orders service, against the legacy's recorded answers and against kill -9. */
@org.jspecify.annotations.NullMarked
package dev.banyan.orders;
