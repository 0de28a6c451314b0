import { type Place, RuleProblem } from '../sigma/located-yaml.ts'
import { GroupMatcher, type Match } from './group-matcher.ts'
import { parseGroups } from './group-parser.ts'
import { joinedTexts, type SigmaText, sliceOf, templateText } from './sigma-text.ts'

type Piece = { readonly text: SigmaText } | { readonly group: number | string }

/**
 * Reads a regular expression and what its matches are replaced by, as Python's `re.sub` does: `\1`,
 * `\g<1>` and `\g<name>` stand for groups. What the matches leave and what groups hold stay what they
 * are, wildcards too; a `*` or `?` of the replacement is a wildcard unless a backslash stands before
 * it. Throws RuleProblem at the given place.
 */
export function readReplacement(
  source: string,
  replacement: string,
  place: Place,
): (text: SigmaText) => SigmaText {
  return located(place, () => {
    const expression = parseGroups(source)
    const matcher = new GroupMatcher(expression)
    const pieces = piecesOf(replacement).map((piece) => numbered(piece, expression))
    return (text: SigmaText) =>
      located(place, () => replaced(text, matcher.all(text.shown), pieces))
  })
}

function located<T>(place: Place, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (error instanceof RuleProblem) throw error
    const cause = error instanceof Error ? error.message : String(error)
    throw new RuleProblem(`regular expression not usable: ${cause}`, place)
  }
}

type Part = { readonly text: SigmaText } | { readonly group: number }

function numbered(piece: Piece, { groups, names }: ReturnType<typeof parseGroups>): Part {
  if ('text' in piece) return piece
  const group = typeof piece.group === 'string' ? names.get(piece.group) : piece.group
  if (group !== undefined && group <= groups) return { group }
  throw new Error(`there is no group "${piece.group}"`)
}

function replaced(text: SigmaText, matches: readonly Match[], pieces: readonly Part[]): SigmaText {
  if (matches.length === 0) return text
  const parts: SigmaText[] = []
  let from = 0
  for (const match of matches) {
    const [begin = 0, end = 0] = match
    parts.push(sliceOf(text, from, begin))
    for (const piece of pieces) {
      parts.push('text' in piece ? piece.text : groupOf(text, match, piece.group))
    }
    from = end
  }
  return joinedTexts([...parts, sliceOf(text, from, text.shown.length)])
}

function groupOf(text: SigmaText, match: Match, group: number): SigmaText {
  const from = match[2 * group] ?? -1
  const to = match[2 * group + 1] ?? -1
  return from < 0 || to < 0 ? { shown: '', roles: '' } : sliceOf(text, from, to)
}

const controls: ReadonlyMap<string, string> = new Map([
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
])

function piecesOf(replacement: string): Piece[] {
  return replacement
    .split(/(\\g<\w+>|\\\d{1,2}|\\[\\nrt])/)
    .filter((part) => part !== '')
    .map(pieceOf)
}

function pieceOf(part: string): Piece {
  const group = /^\\(?:g<(\w+)>|(\d{1,2}))$/.exec(part)
  const name = group?.[1] ?? group?.[2]
  if (name !== undefined) return { group: /^\d+$/.test(name) ? Number(name) : name }
  const control = controls.get(part)
  return { text: control === undefined ? templateText(part) : { shown: control, roles: 't' } }
}
