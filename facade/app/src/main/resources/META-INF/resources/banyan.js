// Shows what the admin REST says, every two seconds.

import { element, replace } from "./elements.js";
import { approvalRow, replicaRow, routeRow } from "./rows.js";

const EVERY_MILLIS = 2000;

async function read(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status === 401 ? "open the link with the token again" : answer.status);
  return answer.json();
}

/** What lives in the database alone is left empty without it. */
async function readOr(path, nothing) {
  try {
    return await read(path);
  } catch (away) {
    return nothing;
  }
}

function showApprovals(approvals) {
  document.getElementById("waiting").hidden = approvals.length === 0;
  replace(document.getElementById("approvals"), approvals.map(approvalRow));
}

function showReplicas(all) {
  document.getElementById("complete").textContent = all === null
    ? "The database is away: nobody can say what the others serve."
    : all.complete
      ? `Every live replica serves revision ${all.revision}.`
      : `Revision ${all.revision} is not served everywhere yet.`;
  const rows = all === null ? [] : all.replicas.map((one) => replicaRow(one, all.self));
  replace(document.getElementById("replicas"), rows);
}

async function refresh() {
  const state = document.getElementById("state");
  try {
    const [all, waiting, replicas] = await Promise.all([
      read("/api/v1/routes"),
      readOr("/api/v1/approvals", { approvals: [] }),
      readOr("/api/v1/replicas", null),
    ]);
    replace(document.getElementById("routes"), all.routes.map(routeRow));
    showApprovals(waiting.approvals);
    showReplicas(replicas);
    const text = `revision ${all.revision}, ledger ${all.ledger}, rules ${all.rulesDigest.slice(0, 12)}`;
    if (state.textContent !== text) state.replaceChildren(element("span", text));
    state.className = all.ledger;
  } catch (failure) {
    state.textContent = `cannot be read: ${failure.message}`;
    state.className = "down";
  }
  setTimeout(refresh, EVERY_MILLIS);
}

refresh();
