// The first visit: three cards beside what they speak of. They never cover or block the page's use.

const STEPS = [
  ["#members", "Be somebody", "Everyone in this workspace is invented. Pick one and see it as they do, in their time zone."],
  [".composer__box", "Type a slash", "Press / to see what the app can do, or use the shortcuts beside it."],
  ["#clock", "Move the clock", "Reminders come later? Make it later: an hour on, or tomorrow at nine. The app follows."],
];
// On a phone the members are behind a button.
const BEHIND = ["#open-drawer", "Everyone in this workspace is invented. Open the menu, pick one and see it as they do, in their time zone."];
const REMEMBERED = "rapport-sandbox-tour";

function element(tag, words, properties = {}) {
  return Object.assign(document.createElement(tag), { textContent: words, ...properties });
}

function place(card, target) {
  const box = target.getBoundingClientRect();
  const narrow = innerWidth < 720 || !box.width;
  card.classList.toggle("tour--sheet", narrow);
  card.removeAttribute("style");
  const below = box.bottom + 14;
  const above = Math.max(12, box.top - card.offsetHeight - 14);
  if (narrow) {
    // The sheet lies at the bottom, unless what it speaks of is there.
    const isFree = !box.width || below <= card.getBoundingClientRect().top;
    if (!isFree) Object.assign(card.style, { top: `${above}px`, bottom: "auto" });
    return;
  }
  const beside = box.left < 40 && box.right < innerWidth / 2;
  const left = beside ? box.right + 26 : Math.max(12, Math.min(box.left, innerWidth - 340));
  const fits = below + card.offsetHeight < innerHeight;
  const top = beside ? box.top : fits ? below : above;
  Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
}

function end(card) {
  const held = card.contains(document.activeElement);
  card.hidden = true;
  localStorage.setItem(REMEMBERED, "seen");
  if (!held) return;
  // Else the focus would be nowhere. Where typing needs no keyboard on the screen one may go on typing.
  const composer = matchMedia("(pointer: fine)").matches && document.querySelector(".composer textarea");
  (composer || document.querySelector("#main")).focus();
}

function show(card, index) {
  document.querySelector("[data-toured]")?.removeAttribute("data-toured");
  if (index >= STEPS.length) return end(card);
  const [selector, title, usual] = STEPS[index];
  const drawer = document.querySelector(BEHIND[0]);
  const isBehind = index === 0 && drawer?.checkVisibility();
  const words = isBehind ? BEHIND[1] : usual;
  const target = isBehind ? drawer : document.querySelector(selector) ?? document.querySelector("#main");
  target.setAttribute("data-toured", "");
  const last = index === STEPS.length - 1;
  const next = element("button", last ? "Start" : "Next", { type: "button", className: "button button--primary" });
  next.setAttribute("aria-describedby", "tour-words");
  next.addEventListener("click", () => show(card, index + 1));
  const skip = element("button", "Skip the tour", { type: "button", className: "button button--quiet" });
  skip.addEventListener("click", () => show(card, STEPS.length));
  const foot = element("div", "", { className: "tour__foot" });
  foot.append(element("span", `${index + 1} of ${STEPS.length}`), ...(last ? [] : [skip]), next);
  card.replaceChildren(element("h2", title), element("p", words, { id: "tour-words" }), foot);
  card.hidden = false;
  place(card, target);
  next.focus({ preventScroll: true }); // the button that was pressed is gone
}

export function startTour() {
  if (document.body.dataset.tour === "off" || localStorage.getItem(REMEMBERED)) return;
  const card = document.querySelector("#tour");
  show(card, 0);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !card.hidden) show(card, STEPS.length);
  });
  addEventListener("resize", () => {
    const target = document.querySelector("[data-toured]");
    if (target && !card.hidden) place(card, target);
  });
}
