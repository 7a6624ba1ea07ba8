// Passkeys need the browser: what they need is shown only where it works, and what went wrong is said on the page.
(() => {
  "use strict";
  const each = (selector, deed) => document.querySelectorAll(selector).forEach(deed);

  if (window.PublicKeyCredential) {
    each("[data-passkey]", (part) => { part.hidden = false; });
    each("[data-no-passkey]", (part) => { part.hidden = true; });
  }

  // allauth's scripts tell of a failure by this event, else only in the console.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    each("[data-passkey-failed]", (part) => { part.hidden = false; });
  });
})();
