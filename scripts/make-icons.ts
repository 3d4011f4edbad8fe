import { join } from 'node:path';
import sharp from 'sharp';

/**
 * Draws the PNG icons from the drawings beside them. `icon.svg` has its own rounded corners;
 * `icon-maskable.svg` fills the square and keeps the mark inside the safe circle (80 % of the width),
 * because Android and iOS cut the corners themselves. `favicon.svg` is used as it is: it leaves out
 * the echo, which would be mud at 16 pixels.
 */
const ICONS = join(import.meta.dirname, '..', 'public', 'icons');

const pngs = [
  { drawing: 'icon.svg', file: 'icon-192.png', sizePixels: 192 },
  { drawing: 'icon.svg', file: 'icon-512.png', sizePixels: 512 },
  { drawing: 'icon-maskable.svg', file: 'icon-maskable-512.png', sizePixels: 512 },
  { drawing: 'icon-maskable.svg', file: 'apple-touch-icon-180.png', sizePixels: 180 },
] as const;

for (const { drawing, file, sizePixels } of pngs) {
  await sharp(join(ICONS, drawing), { density: 288 })
    .resize(sizePixels, sizePixels)
    .png({ compressionLevel: 9 })
    .toFile(join(ICONS, file));
  console.log(`${file}: ${sizePixels} × ${sizePixels}`);
}
