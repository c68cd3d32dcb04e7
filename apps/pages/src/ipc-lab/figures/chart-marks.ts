import type uPlot from 'uplot';

/** Draws a named line at each of these places of the x axis: where two series cross, say. */
export function drawMarks(plot: uPlot, marks: readonly { x: number; label: string }[], colour: string): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([6, 4]);
  ctx.font = `${11 * devicePixelRatio}px sans-serif`;
  for (const [index, { x, label }] of marks.entries()) {
    const at = plot.valToPos(x, 'x', true);
    if (!Number.isFinite(at)) continue;
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    // Beside its line, on the side where there is more room.
    const isLeft = at > bbox.left + bbox.width / 2;
    ctx.textAlign = isLeft ? 'right' : 'left';
    ctx.fillText(label, at + (isLeft ? -5 : 5) * devicePixelRatio, bbox.top + (14 + 14 * index) * devicePixelRatio);
  }
  ctx.restore();
}
