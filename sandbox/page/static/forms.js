// Messages, Homes and modals as forms: buttons, menus, inputs, submitting.
import { act } from "./page.js";
import { choose, comboKey, comboOf, filter, inputOf, leave, listOf, removeChip } from "./combo.js";

const $ = (selector, root = document) => root.querySelector(selector);

export function formOf(element) {
  return new FormData(element.closest("[data-surface]"));
}

export function tell(name, element, value) {
  const form = formOf(element);
  const { block, action } = element.dataset;
  form.set("block", block);
  form.set("action", action);
  if (value !== undefined) form.set("value", value);
  return act(name, form);
}

export async function sure({ confirmTitle, confirmText, confirmYes, confirmNo, confirmStyle }) {
  if (confirmTitle === undefined) return true;
  const dialog = $("#confirm");
  if (dialog.open) return false;
  $("#confirm-title").textContent = confirmTitle;
  $("#confirm-text").textContent = confirmText;
  const [no, yes] = dialog.querySelectorAll("button");
  no.textContent = confirmNo || "Cancel";
  yes.textContent = confirmYes || "Yes";
  yes.className = `button button--${confirmStyle || "primary"}`;
  dialog.returnValue = "";
  dialog.showModal();
  (confirmStyle === "danger" ? no : yes).focus();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "yes";
}

async function press(element) {
  if (!(await sure(element.dataset))) return;
  const url = element.dataset.url ?? "";
  if (/^(https?|mailto|tel):/i.test(url)) open(url, "_blank", "noopener,noreferrer");
  element.setAttribute("aria-busy", "true");
  await ("press" in element.dataset ? tell("press", element) : tell("choose", element, element.dataset.choose));
  element.removeAttribute("aria-busy");
}

async function changed(input) {
  if (await sure(input.dataset)) return void tell("choose", input);
  if (input.type === "checkbox") input.checked = !input.checked;
  else if (input.type === "radio") for (const each of input.form.querySelectorAll("[type=radio]")) if (each.name === input.name) each.checked = each.defaultChecked;
  else input.value = input.defaultValue;
}

// ---- Modals ---------------------------------------------------------------------------------

let shown = null; // the view that the modal shows

export function showModal() {
  const modal = $("#modal");
  const view = $("form", modal)?.dataset.modal ?? null;
  if (view && !modal.open) modal.showModal();
  if (!view && modal.open) {
    modal.close();
    // Whose field is gone when its modal closes: the focus is back where it was, the keys are not.
    const back = document.activeElement;
    back.blur();
    back.focus({ preventScroll: true });
  }
  if (view && view !== shown) {
    const first = ".modal__body :is(input:not([type=hidden]), textarea, button:not([data-remove])), .modal__foot .button--primary";
    ($("[data-focus]", modal) ?? $(first, modal))?.focus();
  }
  shown = view;
}

function closeModal(whole = false) {
  const form = new FormData();
  form.set("view", $("#modal form").dataset.modal);
  if (whole) form.set("whole", "yes");
  return act("close", form);
}

async function submitModal(form) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  const before = document.activeElement;
  await act("submit", new FormData(form));
  form.removeAttribute("aria-busy");
  // Who has gone on to another field meanwhile is left there.
  const stayed = document.activeElement === before || document.activeElement === document.body;
  if (form.isConnected && stayed) $("[aria-invalid=true], .field--error :is(input:not([type=hidden]), textarea)", form)?.focus();
}

// ---- Listening ------------------------------------------------------------------------------

function onClick(event) {
  const pressed = event.target.closest("[data-press], [data-choose]");
  if (pressed) return press(pressed);
  const close = event.target.closest("[data-close]");
  if (close) return closeModal(close.dataset.close === "whole");
  const answer = event.target.closest("#confirm button");
  if (answer) return $("#confirm").close(answer.value);
  const combo = comboOf(event.target);
  if (!combo) return undefined;
  const remove = event.target.closest("[data-remove]");
  if (remove) return removeChip(combo, remove.closest(".chip"));
  const option = event.target.closest("[role=option]");
  if (option) return choose(combo, option);
  const input = inputOf(combo);
  input.focus();
  if (listOf(combo).hidden) filter(combo, "");
  return input.select();
}

const typing = new WeakMap(); // input -> timer

function countDown(input) {
  const left = document.getElementById(`${input.id}-left`);
  if (!left) return;
  const most = Number(left.dataset.most) - [...input.value].length;
  $("b", left).textContent = most;
  left.toggleAttribute("data-near", most < 100);
  left.toggleAttribute("data-over", most < 0);
}

function onInput(event) {
  countDown(event.target);
  const combo = comboOf(event.target);
  if (combo) return filter(combo, event.target.value);
  if (!event.target.dataset.dispatch?.includes("on_character_entered")) return undefined;
  clearTimeout(typing.get(event.target));
  return typing.set(event.target, setTimeout(() => tell("choose", event.target), 300));
}

function onKey(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const submit = event.target.closest("form[data-modal]")?.querySelector("[type=submit]");
    if (!submit) return;
    event.preventDefault();
    submit.click();
    return;
  }
  const combo = comboOf(event.target);
  if (combo && event.target.matches("[role=combobox]")) comboKey(event, combo);
  else if (event.key === "Enter" && event.target.dataset?.dispatch?.includes("on_enter_pressed")) {
    event.preventDefault();
    tell("choose", event.target);
  }
  if (event.key === "Escape" && $("#modal[open]") && !event.defaultPrevented && !$("#confirm[open]")) {
    event.preventDefault();
    closeModal();
  }
}

export function startForms() {
  document.addEventListener("click", onClick);
  document.addEventListener("input", onInput);
  document.addEventListener("keydown", onKey);
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=option]")) event.preventDefault(); // keep the focus in the field
  });
  document.addEventListener("focusout", (event) => {
    const combo = comboOf(event.target);
    if (combo && !combo.contains(event.relatedTarget)) leave(combo);
  });
  document.addEventListener("change", (event) => {
    if (event.target.dataset.dispatch === "change") changed(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-surface]")) return;
    event.preventDefault();
    if (event.target.dataset.modal) submitModal(event.target);
  });
  $("#modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    closeModal();
  });
  showModal();
}
