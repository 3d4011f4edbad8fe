import { mkdirSync } from 'node:fs';
import sharp from 'sharp';

/**
 * `npm run make:picture`: the picture in the README, from the photographs that `npm run test:e2e` takes. A desktop
 * with a recognised phrase, and a phone beside it.
 */

const PICTURES = 'test-results/screens';
const OUT = 'docs/pictures/echo.png';
const GROUND = { r: 233, g: 228, b: 220, alpha: 1 };

async function rounded(
  file: string,
  height: number,
  radius: number,
): Promise<{ image: Buffer; width: number }> {
  const { data, info } = await sharp(`${PICTURES}/${file}`)
    .resize({ height })
    .toBuffer({ resolveWithObject: true });
  const mask = `<svg width="${info.width}" height="${height}"><rect width="100%" height="100%" rx="${radius}"/></svg>`;
  const image = await sharp(data)
    .composite([{ input: Buffer.from(mask), blend: 'dest-in' }])
    .png()
    .toBuffer();
  return { image, width: info.width };
}

const desktop = await rounded('desktop-answer-en-light.png', 800, 18);
const phone = await rounded('phone-phrases-zh-CN-dark.png', 660, 28);
mkdirSync('docs/pictures', { recursive: true });
const scene = await sharp({ create: { width: 1460, height: 860, channels: 4, background: GROUND } })
  .composite([
    { input: desktop.image, left: 30, top: 30 },
    { input: phone.image, left: 1460 - phone.width - 30, top: 170 },
  ])
  .png()
  .toBuffer();
await sharp(scene).resize({ width: 1200 }).png({ palette: true, quality: 90 }).toFile(OUT);
console.log(OUT);
