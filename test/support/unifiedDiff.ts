/**
 * Line diffs for goldens: hunks with two lines of context, without file names and line numbers, so that a golden does
 * not change when unrelated lines move.
 */

/** `-`, `+` and context lines of the change; hunks are separated by `@@`; empty when the texts are equal. */
export function unifiedDiff(before: string, after: string, context = 2): string {
  const rows = diffRows(splitLines(before), splitLines(after));
  const keep = rows.map((_, i) => rows.slice(Math.max(0, i - context), i + context + 1).some((row) => row[0] !== ' '));
  let result = '';
  let gap = false;
  rows.forEach((row, i) => {
    if (!keep[i]) gap = result !== '';
    else {
      if (gap) result += '@@\n';
      gap = false;
      result += row.trimEnd() + '\n';
    }
  });
  return result;
}

function splitLines(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Longest common subsequence by lines, after the common head and tail are cut off. */
function diffRows(a: readonly string[], b: readonly string[]): string[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const left = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  const table = lengths(left, right);
  const rows = a.slice(0, head).map((line) => ' ' + line);
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      rows.push(' ' + left[i]);
      i++;
      j++;
    } else if (j >= right.length || (i < left.length && at(table, i + 1, j) >= at(table, i, j + 1))) {
      rows.push('-' + left[i]);
      i++;
    } else {
      rows.push('+' + right[j]);
      j++;
    }
  }
  return [...rows, ...a.slice(a.length - tail).map((line) => ' ' + line)];
}

function lengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row)
        row[j] = a[i] === b[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

function at(table: readonly number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}
