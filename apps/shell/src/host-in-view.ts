/** Returns the index where the host of a displayed address ends, with its port; 0 if it has no host. */
export const hostEnd = (shown: string): number =>
  /^(?:(?:view-source|blob|filesystem):)*[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(shown)?.[0].length ?? 0;

/**
 * Scrolls an unfocused field so that the end of the host is in view. The end says whose page it is; the owner of the
 * domain chooses the part before it, which may be as long as the field. Returns whether the field is scrolled.
 */
export function showHost(field: HTMLInputElement, shown: string): boolean {
  const end = hostEnd(shown);
  const fits = end === 0 || field.scrollWidth <= field.clientWidth;
  field.scrollLeft = fits ? 0 : widthOf(shown.slice(0, end), field) - roomIn(field);
  return field.scrollLeft > 0;
}

function widthOf(text: string, field: HTMLElement): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = getComputedStyle(field).font;
  return Math.ceil(context.measureText(text).width);
}

function roomIn(field: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(field);
  return field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
