// What has happened elsewhere: notes that come and go, the title, and words for who only listens.
import { where } from "./page.js";

const $ = (selector, root = document) => root.querySelector(selector);
const newest = new Map(); // member -> ts of the newest direct message we know of
const troublesSeen = new Map(); // member -> how many troubles were shown

export function tellNews(news, quietly = false) {
  document.title = news.unread ? `(${news.unread}) Rapport sandbox` : "Rapport sandbox";
  for (const { user, name, ts, text } of news.notices) {
    const isNew = Number(ts) > Number(newest.get(user) ?? 0);
    newest.set(user, ts);
    const inSight = user === where.as && where.at === "messages" && !document.hidden;
    if (isNew && !inSight && !quietly && !inPanes()) notify(user, user === where.as ? "you" : name, text);
  }
  const known = troublesSeen.get(news.me) ?? news.troubles.length;
  troublesSeen.set(news.me, news.troubles.length);
  for (const text of news.troubles.slice(known)) {
    const inSight = document.body.innerText.includes(text); // Slackbot or the modal says it already
    if (!inSight) toast(text, "trouble");
  }
}

// Side by side each pane marks what is unread; notes on top of both would be in the way.
const inPanes = () => Boolean(where.pane) || location.pathname === "/panes";

function notify(user, name, text) {
  $(`.toast[data-user="${user}"]`)?.remove(); // the newest says enough
  const box = toast("", "news");
  box.dataset.user = user;
  const link = Object.assign(document.createElement("a"), { href: `/?as=${user}&at=messages` });
  link.dataset.nav = "";
  link.append(Object.assign(document.createElement("b"), { textContent: `New message for ${name}` }));
  link.append(Object.assign(document.createElement("span"), { textContent: text }));
  box.prepend(link);
}

export function toast(text, kind) {
  const box = Object.assign(document.createElement("div"), { className: `toast toast--${kind}` });
  if (text) box.append(Object.assign(document.createElement("p"), { textContent: text }));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×", title: "Dismiss" });
  close.className = "button button--quiet button--small toast__close";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  // In a modal dialog the rest of the page is out of reach, so the note goes inside it.
  ($("#modal[open]") && kind === "trouble" ? $("#modal") : $("#toasts")).append(box);
  setTimeout(() => box.remove(), 9000);
  return box;
}

export function say(words) {
  $("#said").textContent = words;
}
