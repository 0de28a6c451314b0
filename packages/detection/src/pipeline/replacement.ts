import { RE2JS } from 're2js'
import { type Place, RuleProblem } from '../sigma/located-yaml.ts'
import { joinedTexts, type SigmaText, sliceOf, templateText } from './sigma-text.ts'

type Matcher = ReturnType<RE2JS['matcher']>

type Piece = { readonly text: SigmaText } | { readonly group: number | string }

/**
 * Reads a regular expression and what its matches are replaced by, as Python's `re.sub` does: `\1`,
 * `\g<1>` and `\g<name>` stand for groups. What the matches leave and what groups hold stay what they
 * are, wildcards too; a `*` or `?` of the replacement is a wildcard unless a backslash stands before
 * it. Matching takes time linear in the text. Throws RuleProblem at the given place.
 */
export function readReplacement(
  source: string,
  replacement: string,
  place: Place,
): (text: SigmaText) => SigmaText {
  const expression = readGroups(source, place)
  const pieces = piecesOf(replacement)
  refuseUnknownGroups(pieces, expression, place)
  return (text) => {
    const matcher = expression.matcher(text.shown)
    const parts: SigmaText[] = []
    let from = 0
    while (matcher.find()) {
      parts.push(sliceOf(text, from, matcher.start()))
      for (const piece of pieces) {
        parts.push('text' in piece ? piece.text : groupOf(text, matcher, piece.group))
      }
      from = matcher.end()
    }
    if (parts.length === 0) return text
    return joinedTexts([...parts, sliceOf(text, from, text.shown.length)])
  }
}

function refuseUnknownGroups(pieces: readonly Piece[], expression: RE2JS, place: Place): void {
  const named = expression.namedGroups()
  for (const piece of pieces) {
    if ('text' in piece) continue
    const { group } = piece
    const exists =
      typeof group === 'string' ? Object.hasOwn(named, group) : group <= expression.groupCount()
    if (!exists) throw new RuleProblem(`there is no group "${group}"`, place)
  }
}

function groupOf(text: SigmaText, matcher: Matcher, group: number | string): SigmaText {
  const from = matcher.start(group)
  return from < 0 ? { shown: '', roles: '' } : sliceOf(text, from, matcher.end(group))
}

/** A regular expression whose groups can be read, in time linear in the text. Throws RuleProblem. */
function readGroups(source: string, place: Place): RE2JS {
  try {
    return RE2JS.compile(source)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new RuleProblem(`regular expression not usable: ${cause}`, place)
  }
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
