// Shows what was photographed, lets one picture be left out, and makes camera pictures small enough for a shop's line.
const EDGE_MAX = 2000; // pixels; a serial plate is still readable, a picture is 300-600 kB
const QUALITY = 0.85;
const SMALL_ENOUGH = 900 * 1024;

async function shrink(file) {
  if (file.size <= SMALL_ENOUGH || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    // What this browser cannot draw is sent as it is: the server decides.
    return file;
  }
}

function attach(box) {
  const input = box.querySelector("input[type=file]");
  const shown = box.querySelector("[data-photos-shown]");
  const model = box.querySelector("template");
  // A camera hands over one picture at a time: each new one joins those before.
  let kept = [];

  function put() {
    const parcel = new DataTransfer();
    for (const file of kept) parcel.items.add(file);
    input.files = parcel.files;
    shown.replaceChildren(...kept.map(show));
    // One stop of the Tab key, however many pictures: arrows go from one to the next.
    leave().forEach((button, at) => (button.tabIndex = at ? -1 : 0));
    input.dispatchEvent(new CustomEvent("photos", { bubbles: true, detail: { count: kept.length } }));
  }

  const leave = () => [...shown.querySelectorAll("button")];

  async function join(files) {
    box.setAttribute("aria-busy", "true");
    const made = await Promise.all(files.filter((file) => !kept.includes(file)).map(shrink));
    kept = [...kept, ...made];
    box.removeAttribute("aria-busy");
    put();
  }

  function show(file) {
    const item = model.content.firstElementChild.cloneNode(true);
    const image = item.querySelector("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    item.querySelector("button").addEventListener("click", () => {
      kept = kept.filter((one) => one !== file);
      put();
      input.focus();
    });
    return item;
  }

  input.addEventListener("change", () => join([...input.files]));
  shown.addEventListener("keydown", (event) => {
    const buttons = leave();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    buttons[(buttons.indexOf(event.target) + step + buttons.length) % buttons.length]?.focus();
  });
  // From a camera's window or another program: dropped on the box, or pasted anywhere on the page that holds one box.
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("is-over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    join([...event.dataTransfer.files]);
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    const isOnly = document.querySelectorAll("[data-photos]").length === 1;
    if (!files.some((file) => file.type.startsWith("image/")) || !(isOnly || box.contains(event.target))) return;
    event.preventDefault();
    join(files);
  });
}

export function start(root = document) {
  for (const box of root.querySelectorAll("[data-photos]:not([data-ready])")) {
    box.dataset.ready = "1";
    attach(box);
  }
}
