import { type CharacterSet, complementOf, setOf, unitsOf } from './character-set.ts'

const digits = setOf([0x30, 0x39])
const upper = setOf([0x41, 0x5a])
const lower = setOf([0x61, 0x7a])
const letters = setOf([...upper, ...lower])

/** What `\b` looks at: letters, digits and underscore of ASCII. */
export const wordUnits = setOf([...letters, ...digits, ...unitsOf('_')])

/** The line feed: the only end of a line, as in PCRE and RE2. */
export const lineFeed = unitsOf('\n')

const spaces = unitsOf('\t\n\u000b\f\r ')

const escapes: Readonly<Record<string, CharacterSet>> = { d: digits, w: wordUnits, s: spaces }

const posix = new Map<string, CharacterSet>([
  ['alnum', setOf([...letters, ...digits])],
  ['alpha', letters],
  ['ascii', setOf([0, 0x7f])],
  ['blank', unitsOf('\t ')],
  ['cntrl', setOf([0, 0x1f, 0x7f, 0x7f])],
  ['digit', digits],
  ['graph', setOf([0x21, 0x7e])],
  ['lower', lower],
  ['print', setOf([0x20, 0x7e])],
  ['punct', setOf([0x21, 0x2f, 0x3a, 0x40, 0x5b, 0x60, 0x7b, 0x7e])],
  ['space', spaces],
  ['upper', upper],
  ['word', wordUnits],
  ['xdigit', setOf([...digits, 0x41, 0x46, 0x61, 0x66])],
])

/** The set of `\d`, `\w`, `\s` and, by their capital letters, of all else; undefined for other letters. */
export function setOfEscape(letter: string): CharacterSet | undefined {
  const plain = letter.toLowerCase()
  if (!Object.hasOwn(escapes, plain)) return undefined
  const set = escapes[plain]
  return set === undefined || letter === plain ? set : complementOf(set)
}

/** The set of a POSIX name as it stands between `[:` and `:]`, `^` before it included. */
export function setOfPosixName(name: string): CharacterSet | undefined {
  const negated = name.startsWith('^')
  const set = posix.get(negated ? name.slice(1) : name)
  return set === undefined || !negated ? set : complementOf(set)
}

const properties = new Map<string, CharacterSet | undefined>()
const mostProperties = 200

/**
 * The units of a Unicode category (`L`, `Lu`), script (`Cyrillic`) or `Script=…`, as this engine's
 * Unicode data knows them; characters beyond U+FFFF are left out. Undefined for unknown names.
 */
export function setOfProperty(name: string): CharacterSet | undefined {
  if (properties.has(name)) return properties.get(name)
  const set = readProperty(name)
  if (properties.size < mostProperties) properties.set(name, set)
  return set
}

function readProperty(name: string): CharacterSet | undefined {
  if (!/^[A-Za-z][A-Za-z_]{0,40}(=[A-Za-z_]{1,40})?$/.test(name)) return undefined
  const expression = propertyExpression(name) ?? propertyExpression(`Script=${name}`)
  if (expression === undefined) return undefined
  const ranges: number[] = []
  for (let unit = 0; unit <= 0xffff; unit++) {
    if (!expression.test(String.fromCharCode(unit))) continue
    if (ranges.at(-1) === unit - 1) ranges[ranges.length - 1] = unit
    else ranges.push(unit, unit)
  }
  return ranges
}

function propertyExpression(name: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${name}}$`, 'u')
  } catch {
    return undefined
  }
}
