import type uPlot from 'uplot';

interface PictureOptions {
  title: string;
  series: readonly { label: string; colour: string }[];
  /** Colours of what is under it, and of its words. */
  ground: string;
  text: string;
}

const margin = 16;
const lineHeight = 20;

/** The chart as a picture that says by itself what it shows: with its title, and what each line is. */
export function chartPicture(plot: uPlot, { title, series, ground, text }: PictureOptions): HTMLCanvasElement {
  const { canvas: chart } = plot.ctx;
  const scale = devicePixelRatio;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) return chart;
  const rows = Math.ceil(series.length / 2);
  canvas.width = chart.width + 2 * margin * scale;
  canvas.height = chart.height + (2 * margin + lineHeight * (rows + 1.5)) * scale;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, margin * scale, (margin + lineHeight) * scale);
  context.scale(scale, scale);
  context.fillStyle = text;
  context.font = '600 14px sans-serif';
  context.fillText(title, margin, margin + 12);
  context.font = '12px sans-serif';
  const top = chart.height / scale + margin + lineHeight * 1.5;
  for (const [index, { label, colour }] of series.entries()) {
    const x = margin + (index % 2) * (chart.width / scale / 2);
    const y = top + lineHeight * (Math.floor(index / 2) + 0.5);
    context.fillStyle = colour;
    context.fillRect(x, y - 9, 14, 10);
    context.fillStyle = text;
    context.fillText(label, x + 20, y);
  }
  return canvas;
}
