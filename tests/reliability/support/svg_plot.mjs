// Small curves one below the other with one axis of time, as SVG. No library.

const width = 760;
const left = 64;
const right = 150;
const height = 96;
const gap = 26;
const colours = ['#1f6feb', '#d1622b', '#2b8a5e', '#8a5bb5'];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const rounded = (value) => Number(value.toPrecision(3));

// panels: [{title, curves: [{name, points: [[seconds, value]]}]}]; marks: [{at, name}] of what was done to it.
export function svgPlot(title, panels, marks) {
  const end = Math.max(...panels.flatMap(({ curves }) => curves.flatMap(({ points }) => points.map(([at]) => at))), 1);
  const x = (at) => left + (width - left - right) * at / end;
  const total = 40 + panels.length * (height + gap) + 20;
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${total}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${total}" fill="#fff"/>`, `<text x="${left}" y="20" font-size="14">${escaped(title)}</text>`];
  panels.forEach(({ title: name, curves }, index) => {
    const top = 40 + index * (height + gap);
    const most = Math.max(...curves.flatMap(({ points }) => points.map(([, value]) => value)), 1e-9) * 1.1;
    const y = (value) => top + height - height * value / most;
    out.push(`<text x="${left}" y="${top - 4}" fill="#444">${escaped(name)}</text>`,
      `<rect x="${left}" y="${top}" width="${width - left - right}" height="${height}" fill="none" stroke="#ccc"/>`,
      `<text x="${left - 6}" y="${top + 10}" text-anchor="end">${rounded(most)}</text>`,
      `<text x="${left - 6}" y="${top + height}" text-anchor="end">0</text>`);
    for (const { at } of marks)
      out.push(`<path d="M${x(at).toFixed(1)} ${top}v${height}" stroke="#eee"/>`);
    curves.forEach(({ name: label, points }, number) => {
      const colour = colours[number % colours.length];
      out.push(`<polyline fill="none" stroke="${colour}" stroke-width="1.2" points="${points
        .map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}"/>`,
      `<text x="${width - right + 8}" y="${top + 12 + 14 * number}" fill="${colour}">${escaped(label)}</text>`);
    });
  });
  const bottom = 40 + panels.length * (height + gap) - gap + 16;
  out.push(`<text x="${left}" y="${bottom}">0</text>`,
    `<text x="${width - right}" y="${bottom}" text-anchor="end">${Math.round(end / 60)} min</text>`, '</svg>');
  return `${out.join('\n')}\n`;
}
