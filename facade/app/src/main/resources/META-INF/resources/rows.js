// Rows of the page's three tables.

import { acknowledge, approve, rollBack } from "./actions.js";
import { box, button, cell, element, list, millis, time } from "./elements.js";

function parity(route) {
  const compared = route.matched + route.tolerated + route.mismatched;
  const bar = element("div", null, "bar");
  bar.setAttribute("aria-hidden", "true");
  for (const kind of ["matched", "tolerated", "mismatched"]) {
    if (route[kind] > 0) {
      const part = element("span", null, kind);
      part.style.flexGrow = route[kind];
      bar.append(part);
    }
  }
  const counts = compared === 0 ? "nothing compared"
    : `${route.matched} matched, ${route.tolerated} tolerated, ${route.mismatched} mismatched`;
  return box(bar, element("span", `${counts}; ${route.incomparable} incomparable, ${route.skipped} skipped`, "counts"));
}

function verdict(route) {
  if (!route.verdict) return element("span", "–");
  return box(
    element("strong", route.verdict.word, route.verdict.word),
    route.reach ? element("span", route.reach, "match") : null,
    route.verdict.reasons.length > 0 ? list(route.verdict.reasons) : null);
}

function stage(route) {
  const made = box(element("span", route.stage + (route.recording ? ", recording" : "")));
  const canary = route.canary;
  if (!canary) return made;
  if (canary.steps.length > 0) {
    made.append(element("span", `steps ${canary.steps.join(", ")}`, "match"));
  }
  if (canary.mode !== "manual") made.append(element("span", canary.mode, "match"));
  if (canary.pauseEnds) {
    const pause = element("span", "pause until ", "match");
    pause.append(time(canary.pauseEnds));
    made.append(pause);
  }
  return made;
}

function watch(route) {
  const seen = route.watch;
  if (!seen) return element("span", "–");
  if (seen.state === "watching") {
    return seen.verdict
      ? box(element("span", seen.verdict.word, seen.verdict.word),
        seen.verdict.reasons.length > 0 ? list(seen.verdict.reasons) : null)
      : element("span", "–");
  }
  const about = element("span", "breach of ", "match");
  about.append(time(seen.breachedAt), seen.seenBy ? ` seen by replica ${seen.seenBy}` : "");
  const cool = element("span", "cool-down until ", "match");
  cool.append(time(seen.coolUntil));
  return box(
    element("strong", seen.acknowledgedBy ? `acknowledged by ${seen.acknowledgedBy}` : "breached", seen.state),
    about, list(seen.reasons), cool);
}

function actions(route) {
  const made = element("div", null, "actions");
  if (route.watch && route.watch.state === "breached") {
    made.append(button("Acknowledge", `Acknowledge the breach of ${route.id}`, `acknowledge ${route.id}`,
      () => acknowledge(route.id, route.watch.reasons)));
  }
  if (route.migrated && route.stage !== "legacy" && route.stage !== "retired") {
    made.append(button("Roll back", `Roll back ${route.id}`, `rollback ${route.id}`,
      () => rollBack(route.id, route.stage)));
  }
  return made;
}

export function routeRow(route) {
  const made = element("tr");
  const methods = route.methods.length === 0 ? "any method" : route.methods.join(" ");
  made.append(cell("Route", box(
    element("strong", route.id), element("span", `${methods} ${route.host || ""}${route.path}`, "match"))));
  if (route.kind === "refuse") {
    made.append(cell("Stage", `refuses with ${route.status}`));
    return made;
  }
  made.append(
    cell("Stage", stage(route)),
    cell("Requests", route.requests, "number"),
    cell("Parity", route.migrated ? parity(route) : "–"),
    cell("p95 legacy", millis(route.legacyP95Millis), "number"),
    cell("p95 migrated", millis(route.migratedP95Millis), "number"),
    cell("Verdict", verdict(route)),
    cell("Watch", watch(route)),
    cell("Do", actions(route)));
  return made;
}

export function approvalRow(approval) {
  const made = element("tr");
  const isAsked = approval.state === "asked";
  made.append(
    cell("Route", element("strong", approval.routeId)),
    cell("Step", `${approval.from} → ${approval.to}`),
    cell("Asked for by", approval.askedBy),
    cell("Approval", isAsked ? "none yet" : `by ${approval.approver}`),
    cell("Until", time(approval.expires)),
    cell("Do", isAsked
      ? button("Approve", `Approve ${approval.routeId} to ${approval.to}`, `approve ${approval.routeId}`, () => approve(approval))
      : element("span", "–")));
  return made;
}

export function replicaRow(replica, self) {
  const made = element("tr");
  made.append(
    cell("Replica", replica.id + (replica.id === self ? " (this one)" : "")),
    cell("Serves revision", replica.revision, "number"),
    cell("Heard of", time(replica.seenAt)),
    cell("State", replica.live ? "live" : "not heard of lately"));
  return made;
}
