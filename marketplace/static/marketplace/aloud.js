/* Elder mode: read the page aloud, piece by piece, from where the reader has scrolled to. */
"use strict";
(() => {
  const button = document.querySelector("[data-aloud]");
  const voice = window.speechSynthesis;
  if (!button || !voice) return;
  const PIECES = "h1,h2,h3,p,li,dt,dd,tr,summary";
  const words = [button.textContent.trim(), button.dataset.aloud];
  button.hidden = false;

  function pieces() {
    const all = [...document.querySelectorAll("#main")].flatMap((main) => [
      ...main.querySelectorAll(PIECES),
    ]);
    const outer = all.filter((one) => !one.parentElement.closest("li,dd,tr,p,summary"));
    const isRead = (one) => !one.closest("nav") && one.innerText.trim();
    return outer.filter((one) => isRead(one) && one.getBoundingClientRect().bottom > 0);
  }

  function stop() {
    voice.cancel();
    button.textContent = words[0];
    button.setAttribute("aria-pressed", "false");
  }

  function say(rest) {
    if (!rest.length) return stop();
    const text = new SpeechSynthesisUtterance(rest[0].innerText.replace(/\s+/g, "，"));
    text.lang = rest[0].closest("[lang]").lang.replace("zh-Hans", "zh-CN");
    text.rate = 0.9;
    text.onend = () => button.getAttribute("aria-pressed") === "true" && say(rest.slice(1));
    rest[0].scrollIntoView({ block: "nearest" });
    voice.speak(text);
  }

  button.addEventListener("click", () => {
    if (button.getAttribute("aria-pressed") === "true") return stop();
    button.textContent = words[1];
    button.setAttribute("aria-pressed", "true");
    say(pieces());
  });
  addEventListener("pagehide", () => voice.cancel());
})();
