// The customer's screen follows what is typed here: the bill when the page opens, and the cash when it is laid down.
const show = document.querySelector("[data-show]");
const given = document.querySelector("[name=tendered_minor]:not([data-shown])");
const WAIT_MS = 500;

async function send() {
  const body = new FormData(show);
  body.set("tendered_minor", given?.value ?? "");
  try {
    await fetch(show.action, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") } });
  } catch {
    // The screen shows the last it heard of; the payment does not wait for it.
  }
}

if (show) {
  let last = "";
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (given.value === last) return;
      last = given.value;
      send();
    }, WAIT_MS);
  };
  given?.form.addEventListener("input", later);
  given?.form.addEventListener("given", later);
  send();
}
