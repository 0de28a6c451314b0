import type { JsonObject } from './json.ts'

const mostPairs = 512
const [backslash, space, tab, equals] = Array.from('\\ \t=', (each) => each.charCodeAt(0))
const nameBefore = /^[A-Za-z_][\w.,[\]-]{0,127}$/

/**
 * Reads the extension of CEF: `name=value name=value`, where values hold spaces and an equals sign inside
 * a value is written `\=`. An unescaped one, as careless senders write it in addresses, stays in the value
 * unless what stands before it can be a name. Of a name that stands twice the last counts. Linear.
 */
export function readExtension(text: string): JsonObject {
  const names = namesIn(text)
  return Object.fromEntries(
    names.map(({ start, equals }, index) => {
      const end = names[index + 1]?.start ?? text.length
      return [text.slice(start, equals), plain(text.slice(equals + 1, end))]
    }),
  )
}

/** Where names begin and their equals signs stand. */
function namesIn(text: string): { start: number; equals: number }[] {
  const names: { start: number; equals: number }[] = []
  // Where the word before the next equals sign begins; after that sign there is none before a space.
  let word = 0
  for (let at = 0; at < text.length && names.length < mostPairs; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at++
    else if (code === space || code === tab) word = at + 1
    else if (code === equals) {
      if (isName(text, word, at)) names.push({ start: word, equals: at })
      word = text.length
    }
  }
  return names
}

function isName(text: string, start: number, end: number): boolean {
  return end > start && end - start <= 128 && nameBefore.test(text.slice(start, end))
}

const escapes: readonly (readonly [written: string, meant: string])[] = [
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\=', '='],
  ['\\|', '|'],
]

/** Two backslashes are one; between them each stands before what it escapes. Of many ways the cheapest for a megabyte of them. */
function plain(value: string): string {
  const trimmed = value.trim()
  if (!trimmed.includes('\\')) return trimmed
  return trimmed.split('\\\\').map(withoutEscapes).join('\\')
}

function withoutEscapes(piece: string): string {
  if (!piece.includes('\\')) return piece
  return escapes.reduce((text, [written, meant]) => text.split(written).join(meant), piece)
}

/**
 * Values of custom fields under the names their labels give them: `cs1=Chặn web cs1Label=Policy` becomes
 * `Policy: Chặn web`. A label that another field bears already, and one of more than 64 characters, changes nothing.
 */
export function withLabels(extension: JsonObject): JsonObject {
  const labelled = new Map(Object.entries(extension))
  for (const [name, label] of Object.entries(extension)) {
    const base = name.endsWith('Label') ? name.slice(0, -'Label'.length) : ''
    const value = labelled.get(base)
    if (base === '' || value === undefined || typeof label !== 'string') continue
    if (label === '' || label.length > 64 || labelled.has(label)) continue
    labelled.delete(base)
    labelled.delete(name)
    labelled.set(label, value)
  }
  return Object.fromEntries(labelled)
}
