// What a person can do here: each asks first, then says what became of it.

function say(text, isBad) {
  const said = document.getElementById("said");
  said.textContent = text;
  said.className = isBad ? "bad" : "";
  said.hidden = false;
}

async function post(path, body, done) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json, application/problem+json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error([told.detail, ...(told.reasons || [])].join("; "));
    say(done(told), false);
  } catch (failure) {
    say(`Not done: ${failure.message}`, true);
  }
}

/** Resolves to what was written as the reason; to null where it is left. */
function ask(title, text, yes, withReason) {
  const dialog = document.getElementById("ask");
  const reason = document.getElementById("reason");
  document.getElementById("ask-title").textContent = title;
  document.getElementById("ask-text").textContent = text;
  document.getElementById("ask-yes").textContent = yes;
  document.getElementById("ask-reason").hidden = !withReason;
  reason.value = "";
  return new Promise((resolve) => {
    let answer = null;
    document.getElementById("ask-yes").onclick = () => { answer = reason.value; dialog.close(); };
    document.getElementById("ask-no").onclick = () => dialog.close();
    dialog.onclose = () => resolve(answer);
    dialog.showModal();
  });
}

function of(id, rest) {
  return `/api/v1/routes/${encodeURIComponent(id)}/${rest}`;
}

export async function rollBack(id, stage) {
  const reason = await ask(`Roll back ${id}?`, `It is in ${stage}. Legacy serves every new request at once.`, "Roll back", true);
  if (reason === null) return;
  await post(of(id, "stage"), { to: "legacy", reason },
    (flip) => flip.revision === null
      ? `${id} is served by legacy; the ledger is told as soon as it answers.`
      : `${id} is served by legacy: revision ${flip.revision}.`);
}

export async function acknowledge(id, reasons) {
  const answer = await ask(`Acknowledge the breach of ${id}?`,
    `You have looked at it: ${reasons.join("; ")}. Flips forward are possible again once it has cooled down.`, "Acknowledge", false);
  if (answer === null) return;
  await post(of(id, "watch/acknowledgement"), {},
    (watch) => `${id}: breach acknowledged by ${watch.acknowledgedBy}; flips forward from ${watch.coolUntil} on.`);
}

export async function approve(approval) {
  const answer = await ask(`Approve ${approval.routeId}: ${approval.from} → ${approval.to}?`,
    `${approval.askedBy} asks for it. It covers exactly this change, until ${approval.expires}.`, "Approve", false);
  if (answer === null) return;
  await post(of(approval.routeId, "approval"), { change: approval.change },
    (given) => `${given.routeId}: ${given.from} → ${given.to} approved by ${given.approver}.`);
}
