/**
 * The one door that values leave the comparison through: {@link dev.banyan.app.privacy.Privacy}
 * masks them before the journal, a contract or a log has them, and {@link
 * dev.banyan.app.privacy.StoreCipher} encrypts what goes into the database. Keys come from the
 * configuration, or from a file that is made at the first start.
 */
@NullMarked
package dev.banyan.app.privacy;

import org.jspecify.annotations.NullMarked;
