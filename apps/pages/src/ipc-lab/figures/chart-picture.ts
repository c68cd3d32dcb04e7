import type uPlot from 'uplot';

interface PictureOptions {
  title: string;
  series: readonly { label: string; colour: string }[];
  /** Colours of the background and of the text. */
  ground: string;
  text: string;
}

const margin = 16;
const lineHeight = 20;
/** Width of the colour sample before a name, px. */
const swatchWidth = 20;
const legendFont = '12px sans-serif';

/** Draws the chart as a self-contained picture, with its title and a legend. */
export function chartPicture(plot: uPlot, { title, series, ground, text }: PictureOptions): HTMLCanvasElement {
  const { canvas: chart } = plot.ctx;
  const scale = devicePixelRatio;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) return chart;
  // Use two columns if the longest name fits into one.
  const columnWidth = chart.width / scale / 2;
  context.font = legendFont;
  const longest = Math.max(...series.map(({ label }) => context.measureText(label).width));
  const columns = longest + swatchWidth + margin <= columnWidth ? 2 : 1;
  const rows = Math.ceil(series.length / columns);
  canvas.width = chart.width + 2 * margin * scale;
  canvas.height = chart.height + (2 * margin + lineHeight * (rows + 1.5)) * scale;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, margin * scale, (margin + lineHeight) * scale);
  context.scale(scale, scale);
  context.fillStyle = text;
  context.font = '600 14px sans-serif';
  context.fillText(title, margin, margin + 12);
  context.font = legendFont;
  const top = chart.height / scale + margin + lineHeight * 1.5;
  for (const [index, { label, colour }] of series.entries()) {
    const x = margin + (index % columns) * columnWidth;
    const y = top + lineHeight * (Math.floor(index / columns) + 0.5);
    context.fillStyle = colour;
    context.fillRect(x, y - 9, 14, 10);
    context.fillStyle = text;
    context.fillText(label, x + swatchWidth, y);
  }
  return canvas;
}
