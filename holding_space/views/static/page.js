// What must work on every page even while the server is busy or gone: leaving, the way to help, unsent words, and
// telling a screen reader that a reply has come. It stands apart from Streamlit's own script and asks nobody else.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL(".", script.src); // …/hs/
  const root = new URL("..", base);
  const neutral = script.dataset.leaveTo;
  const HEADERS = { "Content-Type": "application/json", "X-Holding-Space": "1" };

  // --- Leave this page -----------------------------------------------------------------------------------------
  const blank = () => {
    document.documentElement.dataset.left = "";
    document.title = "New tab";
  };
  const leave = () => {
    blank();
    clearTimeout(timer);
    waiting.clear();
    try { sessionStorage.setItem("hs-left", "1"); } catch { /* storage may be off; the page still goes */ }
    fetch(new URL("leave", base), { method: "POST", headers: HEADERS, body: "{}", keepalive: true }).catch(() => {});
    location.replace(neutral);
  };
  const cameBack = () => {
    let left = null;
    try { left = sessionStorage.getItem("hs-left"); } catch { /* see above */ }
    if (!left) return;
    blank();
    const again = document.createElement("button");
    again.textContent = "Open this page again";
    again.style.cssText = "display:block;margin:40vh auto;font:1rem serif;padding:.6rem 1rem";
    again.onclick = () => { sessionStorage.removeItem("hs-left"); location.replace(root.href); };
    const wait = setInterval(() => { if (document.body) { clearInterval(wait); document.body.append(again); again.style.display = "block"; } }, 50);
  };
  addEventListener("pageshow", (event) => { if (event.persisted) cameBack(); });
  cameBack();

  let shifts = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") { shifts = []; return; }
    if (event.repeat) return;
    shifts = [...shifts.filter((t) => event.timeStamp - t < 1500), event.timeStamp];
    if (shifts.length >= 3) leave();
  }, true);

  // --- The two exits, first in the tab order -----------------------------------------------------------------------
  const exits = document.createElement("nav");
  exits.id = "hs-exits";
  exits.setAttribute("aria-label", "Help and leaving");
  const help = document.createElement("a");
  help.href = new URL("help_now", root).href;
  help.textContent = "Help now";
  // Through the app's own navigation where it is there: a full load would forget the conversation.
  const go = (event, href) => {
    if (!document.querySelector(".stApp") || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({}, "", href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  help.onclick = (event) => go(event, help.href);
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a.hs-go");
    if (link) go(event, new URL(link.getAttribute("href"), root).href);
  });
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Leave this page";
  button.title = "Or press Shift three times. The browser's history still lists this page.";
  button.onclick = leave;
  exits.append(help, button);
  const live = document.createElement("div");
  live.id = "hs-live";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");

  // --- The map: what a point is, beside it ---------------------------------------------------------------------------
  const tip = document.createElement("div");
  tip.id = "hs-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true"); // the list below the map says the same
  const hideTip = () => { tip.hidden = true; };
  addEventListener("pointerover", (event) => {
    const point = event.target instanceof Element && event.target.closest("a.hs-dot");
    if (!point) { hideTip(); return; }
    const name = document.createElement("strong");
    name.textContent = point.dataset.name;
    tip.replaceChildren(name, point.dataset.line);
    tip.hidden = false;
    const at = point.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(at.left + 16, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${at.bottom + tip.offsetHeight + 12 < innerHeight ? at.bottom + 8 : Math.max(8, at.top - tip.offsetHeight - 8)}px`;
  });
  addEventListener("click", hideTip, true);
  addEventListener("scroll", hideTip, true);

  // --- Unsent words ------------------------------------------------------------------------------------------------
  // Fields whose key begins with "draft-" are saved a moment after the last stroke, and when the page is left.
  let timer = 0;
  const waiting = new Map();
  const send = () => {
    clearTimeout(timer);
    if ("left" in document.documentElement.dataset) return;
    for (const [place, field] of waiting) {
      if (!field.isConnected) continue; // it went away because its words were sent
      const body = JSON.stringify({ place, text: field.value });
      fetch(new URL("draft", base), { method: "PUT", headers: HEADERS, body, keepalive: body.length < 60000 }).catch(() => {});
    }
    waiting.clear();
  };
  addEventListener("input", (event) => {
    const field = event.target;
    const holder = field instanceof HTMLTextAreaElement && field.closest('[class*="st-key-draft-"]');
    if (!holder || document.querySelector(".st-key-no-drafts")) return;
    const name = [...holder.classList].find((c) => c.startsWith("st-key-draft-"));
    waiting.set(name.slice("st-key-draft-".length), field);
    clearTimeout(timer);
    timer = setTimeout(send, 400);
  }, true);
  addEventListener("focusout", () => { if (waiting.size) send(); }, true);
  addEventListener("pagehide", send);
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });

  // --- Light or dark, replies, and the place in an essay -----------------------------------------------------------
  let shade = "", announced = "", found = "";
  // A long reply is read from its beginning; passages come in one by one, so the place is looked for until they are there.
  const show = (element) => {
    let touched = false;
    const stop = () => { touched = true; };
    for (const kind of ["wheel", "touchmove", "keydown", "mousedown"]) addEventListener(kind, stop, { once: true, passive: true, capture: true });
    for (const delay of [0, 150, 400, 800]) setTimeout(() => { if (!touched && element.isConnected) element.scrollIntoView({ block: "start" }); }, delay);
  };
  const look = () => {
    const app = document.querySelector(".stApp");
    if (app) {
      const [r, g, b] = (getComputedStyle(app).backgroundColor.match(/\d+/g) || [255, 255, 255]).map(Number);
      const now = r + g + b < 384 ? "dark" : "light";
      if (now !== shade) { shade = now; document.documentElement.dataset.shade = now; }
    }
    const reply = document.querySelector("[data-hs-reply]");
    if (reply && reply.dataset.hsReply !== announced) {
      live.textContent = reply.dataset.hsSays || "";
      announced = reply.dataset.hsReply;
      const said = [...document.querySelectorAll(".hs-said")].at(-1);
      const short = said && said.offsetHeight < innerHeight / 4;
      show(short ? said : reply.closest('[data-testid="stElementContainer"]') || reply);
    }
    const here = document.querySelector(".hs-here h2");
    if (here && here.id !== found) { found = here.id; here.tabIndex = -1; here.scrollIntoView({ block: "start" }); here.focus({ preventScroll: true }); }
    if (!here) found = "";
  };
  const start = () => {
    if ("left" in document.documentElement.dataset) return;
    document.body.prepend(exits, live);
    document.body.append(tip);
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "data-hs-reply"] });
    look();
  };
  if (document.body) start(); else addEventListener("DOMContentLoaded", start);
})();
