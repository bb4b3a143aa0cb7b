// Finds the number whose SHA-256 digest with the page's puzzle begins with enough zero bits, while the person still types.
// Its own SHA-256 and not crypto.subtle: that one is asynchronous for every try, and absent on plain http in a shop's own network.

const K = [];
const H0 = [];

function fraction(root) {
  return Math.floor((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

for (let n = 2; K.length < 64; n += 1) {
  let isPrime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { isPrime = false; break; }
  if (!isPrime) continue;
  if (H0.length < 8) H0.push(fraction(Math.sqrt(n)));
  K.push(fraction(Math.cbrt(n)));
}

const words = new Uint32Array(64);

function mix(state, block, start) {
  for (let i = 0; i < 16; i += 1) {
    const at = start + 4 * i;
    words[i] = (block[at] << 24) | (block[at + 1] << 16) | (block[at + 2] << 8) | block[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15], y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0,
    (state[4] + e) | 0, (state[5] + f) | 0, (state[6] + g) | 0, (state[7] + h) | 0];
}

// How many zero bits the digest of the text begins with; at most the first 32 are counted.
export function zeroBits(text) {
  const said = new TextEncoder().encode(text);
  const length = Math.ceil((said.length + 9) / 64) * 64;
  const padded = new Uint8Array(length);
  padded.set(said);
  padded[said.length] = 0x80;
  new DataView(padded.buffer).setUint32(length - 4, said.length * 8);
  let state = H0;
  for (let start = 0; start < length; start += 64) state = mix(state, padded, start);
  return Math.clz32(state[0]);
}

// In slices of a few milliseconds, so that typing never stutters.
function solve(puzzle, bits, found) {
  let answer = 0;
  const slice = () => {
    const until = performance.now() + 12;
    while (performance.now() < until) {
      for (let tries = 0; tries < 32; tries += 1, answer += 1) {
        if (zeroBits(`${puzzle}:${answer}`) >= bits) return found(String(answer));
      }
    }
    setTimeout(slice, 0);
    return undefined;
  };
  slice();
}

for (const form of document.querySelectorAll("form[data-puzzle]")) {
  const field = form.elements.namedItem("answer");
  const says = form.querySelector("[data-puzzle-says]");
  let isWaiting = false;
  field.value = "";
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    isWaiting = true;
    says.textContent = says.dataset.puzzleSays;
  }, true);
  solve(form.dataset.puzzle, Number(form.dataset.puzzleBits), (answer) => {
    field.value = answer;
    form.dataset.puzzleSolved = "yes";
    if (isWaiting) form.requestSubmit();
  });
}
