/**
 * The admin REST of docs/reference/admin-rest.md: one small resource for each subject, records in
 * and out, every refusal a problem document. Blocking, on virtual threads.
 */
@NullMarked
package dev.banyan.app.admin;

import org.jspecify.annotations.NullMarked;
