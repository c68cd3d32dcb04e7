import type { Suggestion } from '@bulkhead/contracts';

const suggestion = (title: string, shownAddress: string): Suggestion => ({
  title,
  shownAddress,
  address: `https://${shownAddress}`,
});

export const suggestions: Suggestion[] = [
  suggestion('Harbour pilots of Busan', 'harbour.example/pilots'),
  suggestion('부산항 도선사 안내: 처음 오는 선박을 위한 모든 정보', 'port.example/ko'),
  suggestion('Tides, currents and winds for the whole of the southern coast', 'tides.example/south-coast/today'),
];

/** Returns a picture of a page, as the browser takes one before the page ends. */
export function snapshot(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 200;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 320, 200);
  context.fillStyle = '#2f80c2';
  context.fillRect(0, 0, 320, 40);
  context.fillStyle = '#9ab';
  for (let line = 0; line < 8; line++) context.fillRect(20, 60 + line * 16, 280 - (line % 3) * 60, 8);
  return canvas.toDataURL('image/png');
}
