import type uPlot from 'uplot';

interface MarkColours {
  text: string;
  /** Background colour, drawn behind labels to cover the lines. */
  ground: string;
}

/** Draws a labelled line at each of these x values, for example where two series cross. */
export function drawMarks(
  plot: uPlot,
  marks: readonly { x: number; label: string }[],
  { text, ground }: MarkColours,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = text;
  ctx.lineJoin = 'round';
  ctx.font = `${11 * devicePixelRatio}px sans-serif`;
  for (const [index, { x, label }] of marks.entries()) {
    const at = plot.valToPos(x, 'x', true);
    if (!Number.isFinite(at)) continue;
    ctx.strokeStyle = text;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([6, 4]);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    // Put the label on the side of its line that has more room.
    const isLeft = at > bbox.left + bbox.width / 2;
    ctx.textAlign = isLeft ? 'right' : 'left';
    const [x1, y1] = [at + (isLeft ? -6 : 6) * devicePixelRatio, bbox.top + (14 + 16 * index) * devicePixelRatio];
    ctx.strokeStyle = ground;
    ctx.lineWidth = 5 * devicePixelRatio;
    ctx.setLineDash([]);
    ctx.strokeText(label, x1, y1);
    ctx.fillText(label, x1, y1);
  }
  ctx.restore();
}
