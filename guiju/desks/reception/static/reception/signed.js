// The customer has signed on the telephone: the step whose signature it is goes on by itself, as if its button had been pressed.
document.addEventListener("htmx:afterSettle", () => {
  const signed = document.querySelector("[data-goes-on]");
  const form = signed?.closest("form");
  if (!form) return;
  signed.removeAttribute("data-goes-on");
  form.noValidate = true;
  form.requestSubmit();
});
