// Solves the puzzle of a form without an account (the form of ALTCHA, version 1) while it is filled in.
(() => {
  const form = document.querySelector("form[data-altcha]");
  if (!form || !window.crypto || !crypto.subtle) return;
  const puzzle = JSON.parse(form.dataset.altcha);
  const field = form.querySelector("input[name=altcha]");
  const said = form.querySelector("[data-altcha-said]");
  const text = new TextEncoder();
  const hex = (bytes) => [...new Uint8Array(bytes)].map((one) => one.toString(16).padStart(2, "0")).join("");
  const most = puzzle.maxNumber ?? puzzle.maxnumber;

  const solve = async () => {
    for (let number = 0; number <= most; number += 1) {
      const found = hex(await crypto.subtle.digest("SHA-256", text.encode(puzzle.salt + number)));
      if (found === puzzle.challenge) return number;
    }
    return null;
  };

  solve().then((number) => {
    if (number === null) return;
    const { algorithm, challenge, salt, signature } = puzzle;
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    if (said) said.textContent = said.dataset.altchaSaid;
  });
})();
