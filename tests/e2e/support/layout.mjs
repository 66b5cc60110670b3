// The maps as Python left them, read a second time: where films lie, in which region, and on which pixel.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../tools/steps.mjs';
import { manifest } from './artifacts.mjs';

const SIDE = 4096;

/** Points by row, regions with their names, and the region of each film. */
export function readLayout(name) {
  const bytes = readFileSync(join(ROOT, 'models', 'artifacts', manifest.map.files[name].path));
  const nItems = bytes.readUInt32LE(8);
  const nLabels = bytes.readUInt32LE(12);
  const plane = (at, row) => bytes[16 + at * nItems + row];
  const points = Array.from({ length: nItems }, (_, row) => ({
    x: plane(0, row) + 256 * plane(2, row),
    y: plane(1, row) + 256 * plane(3, row),
  }));
  let at = 16 + 4 * nItems;
  let namesAt = at + 6 * nLabels;
  const regions = [];
  for (let label = 0; label < nLabels; label += 1, at += 6) {
    const length = bytes[at + 5];
    const text = bytes.subarray(namesAt, namesAt + length).toString('utf8');
    namesAt += length;
    if (bytes[at + 4] === 0) regions.push({ name: text, x: bytes.readUInt16LE(at), y: bytes.readUInt16LE(at + 2) });
  }
  const square = (a, b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2;
  const regionOf = points.map((point) => {
    const squares = regions.map((it) => square(it, point));
    return squares.indexOf(Math.min(...squares));
  });
  return { points, regions, regionOf };
}

/** The whole map on a canvas of so many pixels, moved and zoomed about its middle. */
export function projection({ width, height, zoom = 1, centre = { x: SIDE / 2, y: SIDE / 2 } }) {
  const scale = (Math.min(width, height) / SIDE) * zoom;
  return {
    scale,
    toScreen: ({ x, y }) => ({ x: (x - centre.x) * scale + width / 2, y: (y - centre.y) * scale + height / 2 }),
    toMap: ({ x, y }) => ({ x: (x - width / 2) / scale + centre.x, y: (y - height / 2) / scale + centre.y }),
  };
}

/** The row nearest to a point of the layout, the first of equals, if it is within `radius`. */
export function nearestRow(points, point, radius) {
  const away = points.map((it) => Math.hypot(it.x - point.x, it.y - point.y));
  const row = away.indexOf(Math.min(...away));
  return away[row] <= radius ? row : null;
}

/** Whether a closed line goes round a point an odd number of times. */
export function isInside(polygon, { x, y }) {
  let crossings = 0;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    if (a.y > y === b.y > y) return;
    const side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y);
    if (side > 0 === b.y > a.y) crossings += 1;
  });
  return crossings % 2 === 1;
}
