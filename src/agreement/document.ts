/** A document as its parts, whichever way it is shown. Texts are plain: nobody writes markup into them. */
export interface Document {
  title: string;
  blocks: readonly Block[];
}

export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'table'; caption: string; head: readonly string[]; rows: readonly (readonly string[])[] };

/** A document as one page that prints, with nothing to fetch and nothing to run. */
export const htmlOf = ({ title, blocks }: Document): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
    case 'table':
      return tableHtml(block);
  }
}

/** The first cell of a row names it. */
function tableHtml({ caption, head, rows }: Extract<Block, { kind: 'table' }>): string {
  const row = ([first = '', ...rest]: readonly string[]) =>
    `<tr><th scope="row">${escaped(first)}</th>${rest.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  return `<div class="wide" role="region" aria-label="${escaped(caption)}" tabindex="0">
<table>
<caption>${escaped(caption)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
</div>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1a1a1a; font: 1rem/1.5 "Segoe UI", Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.8rem; line-height: 1.2; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid #1a1a1a; font-size: 1.35rem; }
h3 { margin-top: 2rem; font-size: 1.1rem; }
p, li { overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: .9rem; }
caption { padding-bottom: .3rem; font-weight: 600; text-align: left; }
th, td { padding: .35rem .5rem; border: 1px solid #6b6b6b; text-align: left; vertical-align: top; }
thead th { background: #ececec; }
tbody th { font-weight: 600; }
@media print {
  @page { size: A4; margin: 18mm 15mm; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  h2, h3, caption { break-after: avoid; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;

/** A document for a terminal: a table as its rows, each with what its columns are called. */
export function plainTextOf({ title, blocks }: Document): string {
  return `${[title, '='.repeat(title.length), ...blocks.map(blockText)].join('\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? `\n${block.text}\n${'-'.repeat(block.text.length)}` : `\n${block.text}`;
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item) => `- ${item}`).join('\n');
    case 'table':
      return block.rows.map((row) => rowText(block.head, row)).join('\n');
  }
}

const rowText = (head: readonly string[], [first = '', ...rest]: readonly string[]): string =>
  [
    first,
    ...rest.flatMap((cell, at) => (cell === '' ? [] : [`  ${head[at + 1]?.toLowerCase()}: ${cell}`])),
  ].join('\n');
