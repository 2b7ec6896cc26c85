// Says on the page when the browser gives no passkey, which allauth's script writes to the console alone.
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-factor-error]");
  if (!place) {
    return;
  }
  event.preventDefault();
  place.hidden = false;
  place.setAttribute("role", "alert");
});
