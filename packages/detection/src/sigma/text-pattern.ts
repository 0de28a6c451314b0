/** A piece of a Sigma string: literal text, `*`, `?`, or any of the dashes a Windows shell accepts. */
export type Atom = { readonly text: string } | 'any' | 'one' | 'dash'

/** Tests a value; `lower` is the same text in lower case. */
export type TextTest = (text: string, lower: string) => boolean

/** Where in the value the pattern must stand. */
export type Position = 'whole' | 'contains' | 'startswith' | 'endswith'

const dashes = '-/–—―'
const capitalSigma = 'Σ'

/** Reads wildcards and escapes of a Sigma string (specification 2.1.0, "Escaping"). */
export function atomsOf(text: string): Atom[] {
  const atoms: Atom[] = []
  let literal = ''
  const flush = () => {
    if (literal !== '') atoms.push({ text: literal })
    literal = ''
  }
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i)
    const next = text.charAt(i + 1)
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next
      i += 1
    } else if (character === '*' || character === '?') {
      flush()
      atoms.push(character === '*' ? 'any' : 'one')
    } else {
      literal += character
    }
  }
  flush()
  return atoms
}

/** A text in which nothing is a wildcard. */
export function literalAtoms(text: string): Atom[] {
  return text === '' ? [] : [{ text }]
}

/** Turns every dash or slash that begins a parameter (`\B[-/]\b`) into any of the dashes (modifier windash). */
export function withAnyDash(atoms: readonly Atom[]): Atom[] {
  return atoms.flatMap((atom) => {
    if (typeof atom === 'string') return [atom]
    const pieces: Atom[] = []
    let from = 0
    for (const { index } of atom.text.matchAll(/\B[-/]\b/g)) {
      if (index > from) pieces.push({ text: atom.text.slice(from, index) })
      pieces.push('dash')
      from = index + 1
    }
    if (from < atom.text.length) pieces.push({ text: atom.text.slice(from) })
    return pieces
  })
}

/** Every literal text a text with any of the dashes stands for; undefined if there are more than `most`. */
export function dashVariants(text: string, most: number): string[] | undefined {
  let variants = ['']
  for (const atom of withAnyDash(literalAtoms(text))) {
    const ways = atom === 'dash' ? [...dashes] : [typeof atom === 'string' ? '' : atom.text]
    if (variants.length * ways.length > most) return undefined
    variants = variants.flatMap((before) => ways.map((way) => before + way))
  }
  return variants
}

/** Adds what a position leaves open, without doubling wildcards. */
export function positioned(atoms: readonly Atom[], position: Position): Atom[] {
  const open: Atom[] = [...atoms]
  if (position === 'contains' || position === 'endswith') open.unshift('any')
  if (position === 'contains' || position === 'startswith') open.push('any')
  return open.filter((atom, i) => atom !== 'any' || open[i - 1] !== 'any')
}

/** Compiles a pattern; cased compares letter by letter, otherwise in lower case. */
export function textTest(atoms: readonly Atom[], cased: boolean): TextTest {
  const folded = cased ? atoms : atoms.map(lowered)
  const test = simpleTest(folded) ?? globTest(folded)
  return cased ? (text) => test(text) : (_, lower) => test(lower)
}

/**
 * The longest text that must occur in any value the pattern accepts, in lower case. Of a capital sigma that
 * depends on what stands beside it in the value: `cased` patterns may not ask for it.
 */
export function longestText(atoms: readonly Atom[], cased: boolean): string {
  let longest = ''
  for (const atom of atoms) {
    if (typeof atom === 'string') continue
    for (const part of cased ? atom.text.split(capitalSigma) : [atom.text]) {
      if (part.length > longest.length) longest = part
    }
  }
  return longest.toLowerCase()
}

/** The only text the pattern accepts, in lower case; undefined if there are several. */
export function onlyText(atoms: readonly Atom[]): string | undefined {
  const [only] = atoms
  if (only === undefined) return ''
  return atoms.length === 1 && typeof only !== 'string' ? only.text.toLowerCase() : undefined
}

/** Where the pattern's longest text must stand; `contains` where it may stand anywhere. */
export function positionOf(atoms: readonly Atom[], cased: boolean): Position {
  const [first, second, ...more] = atoms
  if (more.length > 0 || (cased && atoms.some(hasCapitalSigma))) return 'contains'
  if (typeof first === 'object' && second === 'any') return 'startswith'
  return first === 'any' && typeof second === 'object' ? 'endswith' : 'contains'
}

function hasCapitalSigma(atom: Atom): boolean {
  return typeof atom === 'object' && atom.text.includes(capitalSigma)
}

function lowered(atom: Atom): Atom {
  return typeof atom === 'string' ? atom : { text: atom.text.toLowerCase() }
}

type Test = (text: string) => boolean

/** One literal with at most a wildcard on either side: what nearly all patterns are. */
function simpleTest(atoms: readonly Atom[]): Test | undefined {
  const texts = atoms.filter((atom) => atom !== 'any')
  const [only = { text: '' }] = texts
  if (texts.length > 1 || typeof only === 'string') return undefined
  const { text } = only
  const before = atoms[0] === 'any'
  const after = atoms.at(-1) === 'any'
  if (before && after) return (value) => value.includes(text)
  if (before) return (value) => value.endsWith(text)
  if (after) return (value) => value.startsWith(text)
  return (value) => value === text
}

/** Between two `*`: pieces of fixed width. */
interface Segment {
  readonly atoms: readonly Atom[]
  readonly width: number
}

/** Matches segment after segment, leftmost first: linear in the value for a given pattern. */
function globTest(atoms: readonly Atom[]): Test {
  const segments = segmentsOf(atoms)
  const fixedStart = atoms[0] !== 'any'
  const fixedEnd = atoms.at(-1) !== 'any'
  const [first] = segments
  if (first === undefined) return () => true
  if (segments.length === 1 && fixedStart && fixedEnd) {
    return (value) => value.length === first.width && stands(first, value, 0)
  }
  const head = fixedStart ? segments[0] : undefined
  const tail = fixedEnd ? segments.at(-1) : undefined
  const middle = segments.slice(head === undefined ? 0 : 1, tail === undefined ? undefined : -1)
  return (value) => {
    if (head !== undefined && !stands(head, value, 0)) return false
    const from = findAll(middle, value, head?.width ?? 0)
    if (from < 0 || tail === undefined) return from >= 0
    return value.length - tail.width >= from && stands(tail, value, value.length - tail.width)
  }
}

function segmentsOf(atoms: readonly Atom[]): Segment[] {
  const segments: Atom[][] = [[]]
  for (const atom of atoms) {
    if (atom === 'any') segments.push([])
    else segments.at(-1)?.push(atom)
  }
  return segments
    .filter((pieces) => pieces.length > 0)
    .map((pieces) => ({
      atoms: pieces,
      width: pieces.reduce((sum, each) => sum + widthOf(each), 0),
    }))
}

function widthOf(atom: Atom): number {
  return typeof atom === 'string' ? 1 : atom.text.length
}

/** End of the last segment when all follow each other from `from` on, or -1. */
function findAll(segments: readonly Segment[], value: string, from: number): number {
  let at = from
  for (const segment of segments) {
    const found = find(segment, value, at)
    if (found < 0) return -1
    at = found + segment.width
  }
  return at
}

function find(segment: Segment, value: string, from: number): number {
  const [first] = segment.atoms
  const literal = typeof first === 'object' ? first.text : ''
  for (let at = from; at + segment.width <= value.length; at++) {
    if (literal !== '') {
      at = value.indexOf(literal, at)
      if (at < 0) return -1
    }
    if (stands(segment, value, at)) return at
  }
  return -1
}

function stands(segment: Segment, value: string, from: number): boolean {
  if (from + segment.width > value.length) return false
  let at = from
  for (const atom of segment.atoms) {
    if (typeof atom === 'object' && !value.startsWith(atom.text, at)) return false
    if (atom === 'dash' && !dashes.includes(value.charAt(at))) return false
    at += widthOf(atom)
  }
  return true
}
