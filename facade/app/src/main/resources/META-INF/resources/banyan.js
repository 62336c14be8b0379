"use strict";
// Shows what GET /api/v1/routes says, every two seconds. All values go in as text, never as markup.

const EVERY_MILLIS = 2000;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = String(text);
  if (className) made.className = className;
  return made;
}

function cell(name, content, className) {
  const made = element("td", typeof content === "object" ? null : content, className);
  made.dataset.name = name;
  if (content && typeof content === "object") made.append(content);
  return made;
}

function parity(route) {
  const box = element("div");
  const compared = route.matched + route.tolerated + route.mismatched;
  const bar = element("div", null, "bar");
  for (const kind of ["matched", "tolerated", "mismatched"]) {
    if (route[kind] > 0) {
      const part = element("span", null, kind);
      part.style.flexGrow = route[kind];
      bar.append(part);
    }
  }
  const counts = compared === 0 ? "nothing compared"
    : `${route.matched} matched, ${route.tolerated} tolerated, ${route.mismatched} mismatched`;
  box.append(bar, element("span", `${counts}; ${route.incomparable} incomparable, ${route.skipped} skipped`, "counts"));
  return box;
}

function verdict(route) {
  const box = element("div");
  if (!route.verdict) return element("span", "–");
  box.append(element("strong", route.verdict.word, route.verdict.word));
  if (route.verdict.reasons.length > 0) {
    const list = element("ul");
    for (const reason of route.verdict.reasons) list.append(element("li", reason));
    box.append(list);
  }
  return box;
}

function millis(value) {
  return value === null ? "–" : `${value} ms`;
}

function row(route) {
  const made = element("tr");
  const name = element("div");
  const methods = route.methods.length === 0 ? "any method" : route.methods.join(" ");
  name.append(element("strong", route.id), element("span", `${methods} ${route.host || ""}${route.path}`, "match"));
  made.append(cell("Route", name));
  if (route.kind === "refuse") {
    made.append(cell("Stage", `refuses with ${route.status}`));
    return made;
  }
  made.append(
    cell("Stage", route.stage + (route.recording ? ", recording" : "")),
    cell("Requests", route.requests, "number"),
    cell("Parity", route.migrated ? parity(route) : "–"),
    cell("p95 legacy", millis(route.legacyP95Millis), "number"),
    cell("p95 migrated", millis(route.migratedP95Millis), "number"),
    cell("Verdict", verdict(route)));
  return made;
}

async function refresh() {
  const state = document.getElementById("state");
  try {
    const answer = await fetch("/api/v1/routes", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status === 401 ? "open the link with the token again" : answer.status);
    const all = await answer.json();
    document.getElementById("routes").replaceChildren(...all.routes.map(row));
    state.textContent = `revision ${all.revision}, ledger ${all.ledger}, rules ${all.rulesDigest.slice(0, 12)}`;
    state.className = all.ledger;
  } catch (failure) {
    state.textContent = `cannot be read: ${failure.message}`;
    state.className = "down";
  }
  setTimeout(refresh, EVERY_MILLIS);
}

refresh();
