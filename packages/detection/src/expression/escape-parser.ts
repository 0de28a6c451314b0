import { type CharacterSet, complementOf, unitsOf } from './character-set.ts'
import { setOfEscape, setOfProperty } from './named-sets.ts'
import type { SourceCursor } from './source-cursor.ts'

const controls: Readonly<Record<string, string>> = {
  a: '\u0007',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
}
const highestCharacter = 0x10_ffff

/**
 * Reads what stands after a backslash, inside a class or outside, as far as it means one character
 * (returned as text) or one of a set. Throws Error for escapes that mean something else or nothing.
 */
export function parseEscape(cursor: SourceCursor): string | CharacterSet {
  const set = parseSet(cursor)
  if (set !== undefined) return set
  const numbered = parseNumbered(cursor)
  if (numbered !== undefined) return numbered
  const character = cursor.character()
  const control = Object.hasOwn(controls, character) ? controls[character] : undefined
  if (control !== undefined) return control
  if (/[1-9gk]/.test(character)) throw cursor.problem('back-references are not supported')
  if (/[a-z0-9]/i.test(character)) throw cursor.problem(`\\${character} is not supported`)
  return character
}

function parseSet(cursor: SourceCursor): CharacterSet | undefined {
  const property = cursor.match(/([pP])(?:\{(\^?)([^}]*)\}|([A-Z]))/y)
  if (property !== undefined) {
    const [, letter, negated, long, short] = property
    const set = setOfProperty(long ?? short ?? '')
    if (set === undefined) throw cursor.problem(`no Unicode property \\${property[0]}`)
    return (letter === 'P') === (negated === '^') ? set : complementOf(set)
  }
  const [letter] = cursor.match(/[dDwWsS]/y) ?? []
  return letter === undefined ? undefined : setOfEscape(letter)
}

function parseNumbered(cursor: SourceCursor): string | undefined {
  const hexadecimal = cursor.match(/x([0-9a-f]{2})|[xu]\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})/iy)
  if (hexadecimal !== undefined) {
    const code = Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? hexadecimal[3] ?? '', 16)
    if (code > highestCharacter) throw cursor.problem('no such character')
    return String.fromCodePoint(code)
  }
  const octal = cursor.match(/[1-3][0-7]{2}|0[0-7]{0,2}/y)
  return octal === undefined ? undefined : String.fromCharCode(Number.parseInt(octal[0], 8))
}

/** A character or set as set; undefined for a character beyond U+FFFF, which is two units. */
export function asSet(read: string | CharacterSet): CharacterSet | undefined {
  if (typeof read !== 'string') return read
  return read.length === 1 ? unitsOf(read) : undefined
}
