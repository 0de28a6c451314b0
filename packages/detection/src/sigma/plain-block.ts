import { NotPlain } from './plain-scalar.ts'

const header = /^([|>])(-?) *$/
const unusual = /[\r\t]/

/**
 * The text of a literal or folded block (YAML 1.2.2, 8.1.2 and 8.1.3) whose lines begin at `from`, and the line after it.
 * Throws NotPlain for what is seldom seen: kept ends, stated indentation, blank lines first, folding
 * around blank or deeper lines.
 */
export function blockText(
  head: string,
  lines: readonly string[],
  from: number,
  parentIndent: number,
): { readonly text: string; readonly end: number } {
  const [found, style, chomping] = header.exec(head) ?? []
  const indent = beginOf(lines[from])
  if (found === undefined || indent <= parentIndent) throw new NotPlain()
  const end = endOf(lines, from, indent)
  if (beginOf(lines[end]) > parentIndent) throw new NotPlain()
  const kept = withoutBlankEnd(lines.slice(from, end).map((line) => line.slice(indent)))
  if (style === '>' && kept.some((line) => /^(?: |$)/.test(line))) throw new NotPlain()
  const text = kept.join(style === '>' ? ' ' : '\n')
  return { text: chomping === '-' ? text : `${text}\n`, end }
}

/** The first line that begins before the block does. */
function endOf(lines: readonly string[], from: number, indent: number): number {
  for (let at = from; at < lines.length; at++) {
    const begin = beginOf(lines[at])
    if (begin >= 0 && begin < indent) return at
    if (unusual.test(lines[at] ?? '')) throw new NotPlain()
  }
  return lines.length
}

function withoutBlankEnd(lines: string[]): string[] {
  for (let last = lines.at(-1); last !== undefined && beginOf(last) < 0; last = lines.at(-1)) {
    if (last !== '') throw new NotPlain()
    lines.pop()
  }
  return lines
}

/** Where a line begins to say something; -1 for a blank one. */
function beginOf(line: string | undefined): number {
  return line?.search(/[^ ]/) ?? -1
}
