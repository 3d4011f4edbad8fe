import { useEffect, useState } from 'react';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Colours of the style sheet as numbers, for what is drawn pixel by pixel; again when the look changes. */
export function useColours(names: readonly string[]): readonly Rgb[] {
  const key = names.join(' ');
  const [colours, setColours] = useState<readonly Rgb[]>(() => read(key));
  useEffect(() => {
    const update = () => setColours(read(key));
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((one) => matchMedia(one));
    for (const query of queries) query.addEventListener('change', update);
    const chosen = new MutationObserver(update);
    chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    update();
    return () => {
      for (const query of queries) query.removeEventListener('change', update);
      chosen.disconnect();
    };
  }, [key]);
  return colours;
}

/** Drawn and read back: a canvas knows every way to write a colour, the names of a forced palette included. */
function read(names: string): readonly Rgb[] {
  const style = getComputedStyle(document.documentElement);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return names.split(' ').map((name) => {
    if (context === null) return [0, 0, 0];
    context.fillStyle = style.getPropertyValue(name).trim();
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  });
}
