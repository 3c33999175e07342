// One's own messages: edited in the composer, deleted after a question; and replies in threads.
import { act } from "./page.js";
import { composer, leave, write } from "./composer.js";
import { sure } from "./forms.js";

function edit({ edit: words, ts }) {
  leave(composer());
  composer().dataset.editing = ts;
  write(composer(), words);
}

function reply({ reply: ts }) {
  if (composer().dataset.editing) leave(composer());
  composer().dataset.thread = ts;
  write(composer(), composer().querySelector("textarea").value);
}

async function remove(button) {
  const form = new FormData();
  form.set("channel", button.dataset.channel);
  form.set("ts", button.dataset.ts);
  if (await sure(button.dataset)) await act("delete", form);
}

function onKey(event) {
  const box = composer();
  if (!box || event.target !== box.querySelector("textarea") || event.defaultPrevented) return;
  const last = [...document.querySelectorAll("[data-edit]")].at(-1);
  if (event.key === "ArrowUp" && event.target.value === "" && last) {
    event.preventDefault();
    edit(last.dataset);
  } else if (event.key === "Escape" && (box.dataset.editing || box.dataset.thread)) {
    leave(box);
  }
}

export function startOwnMessages() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const answered = event.target.closest("[data-reply]");
    if (answered) reply(answered.dataset);
    const chosen = event.target.closest("[data-edit], [data-delete]");
    if (chosen) "edit" in chosen.dataset ? edit(chosen.dataset) : remove(chosen);
  });
}
