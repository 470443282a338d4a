// The pages that people read, and what stands in them: fences, links, headings.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../..', import.meta.url));
export const textOf = (page) => readFileSync(join(top, page), 'utf8');

const notOurs = /^(node_modules|build.*|\..*|_deps)$/; // builds, and what npm has fetched

function below(folder, ending) {
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return notOurs.test(entry.name) ? [] : below(path, ending);
    return entry.name.endsWith(ending) ? [relative(top, join(top, path))] : [];
  }).sort();
}

// Every page of the tree, and those that somebody reads who uses the product.
export const everyPage = below('.', '.md');
export const readersPages = everyPage.filter((page) => page === 'README.md' || (page.startsWith('docs/') && !page.startsWith('docs/adr/')));

// {language, words, text, line, hidden}: the blocks between ``` and ```, in their order. line is that of the first line
// inside. A comment that begins with "<!-- run first" is a block of the shell that the reader does not see; it stands
// for what the reader has already.
export function fencesOf(text) {
  const fences = [];
  let open;
  text.split('\n').forEach((line, index) => {
    if (open === undefined) {
      const [, indent, info] = /^( *)```(.*)$/.exec(line) ?? [];
      if (info !== undefined) {
        const [language = '', ...words] = info.trim().split(/\s+/);
        open = { language, words, indent: indent.length, end: '```', lines: [], line: index + 2, hidden: false };
      } else if (/^<!-- run first\b/.test(line)) {
        open = { language: 'sh', words: ['runnable'], indent: 0, end: '-->', lines: [], line: index + 2, hidden: true };
      }
    } else if (line.trim() === open.end) {
      const { lines, end, indent, ...rest } = open;
      fences.push({ ...rest, text: lines.map((one) => `${one.slice(indent)}\n`).join('') });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  });
  if (open !== undefined)
    throw new Error(`the block that begins at line ${open.line} has no end`);
  return fences;
}

// The page without its blocks and comments, line by line as it was.
export function withoutFences(text) {
  const lines = text.replace(/<!--.*?-->/gs, (comment) => comment.replace(/[^\n]/g, '')).split('\n');
  let inside = false;
  return lines.map((line) => {
    const fence = /^ *```/.test(line);
    const kept = inside || fence ? '' : line;
    inside = fence ? !inside : inside;
    return kept;
  }).join('\n');
}

// The anchors that GitHub makes of the headings.
export function anchorsOf(text) {
  const seen = new Map();
  return withoutFences(text).split('\n').filter((line) => /^#{1,6} /.test(line)).map((line) => {
    const words = line.replace(/^#+ /, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim().toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}
