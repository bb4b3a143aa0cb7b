// How long there is left, counted down beside the moment that the server names. Needs: data-countdown, the seconds that were left.
for (const shown of document.querySelectorAll("[data-countdown]")) {
  const end = performance.now() + Number(shown.dataset.countdown) * 1000;
  const draw = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    shown.closest(".notice")?.classList.toggle("notice-error", left < 60);
    if (left > 0) setTimeout(draw, 1000);
    else if (shown.dataset.reload !== undefined) setTimeout(() => location.reload(), 2000);
  };
  draw();
}
