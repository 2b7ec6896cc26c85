// The bidder's own part in a draw: 32 bytes of chance from this browser, sealed with the bid.
(() => {
  "use strict";
  const field = document.querySelector("input[data-part]");
  if (!field || !window.crypto) return;
  const drawn = crypto.getRandomValues(new Uint8Array(32));
  field.value = Array.from(drawn, one => one.toString(16).padStart(2, "0")).join("");
})();
