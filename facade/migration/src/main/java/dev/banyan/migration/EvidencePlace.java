package dev.banyan.migration;

import dev.banyan.rules.Stage;

/**
 * The step of a route that a window is about, as one replica knows it. Windows of several replicas
 * are about the same step where route, stage and the route's last ledger entry up to {@code
 * revision} are the same.
 *
 * @param stage the route's stage in that step
 * @param revision of the ledger, as of the table with which the step came into force here; there
 *     may be later entries of other routes in it
 */
public record EvidencePlace(Stage stage, long revision) {}
