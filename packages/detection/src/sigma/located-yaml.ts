import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  type Scalar,
} from 'yaml'

/** One-based line and column in the file. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Why a rule cannot be used, and where in its file. */
export class RuleProblem extends Error {
  override readonly name = 'RuleProblem'
  readonly place: Place

  constructor(message: string, place: Place) {
    super(message)
    this.place = place
  }
}

export interface LocatedScalar {
  readonly kind: 'scalar'
  readonly value: string | number | boolean | null
  /** As the author wrote it; for strings, their content. */
  readonly text: string
  readonly place: Place
}
export interface LocatedList {
  readonly kind: 'list'
  readonly items: readonly Located[]
  readonly place: Place
}
export interface LocatedEntry {
  readonly name: string
  readonly place: Place
  readonly value: Located
}
export interface LocatedMap {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, LocatedEntry>
  readonly place: Place
}
/** A YAML value that still knows where it stood. */
export type Located = LocatedScalar | LocatedList | LocatedMap

const longestText = 1_048_576
const deepest = 32
const mostNodes = 50_000
const mostDocuments = 1_000

/**
 * Reads all documents of a YAML 1.2 file. A document that cannot be read stands as its problem and does
 * not affect the others. Size (1 MiB), depth (32), nodes (50,000, aliases counted each time they are
 * used) and documents (1,000) are bounded; duplicate keys are refused.
 */
export function readAnyYaml(text: string): (Located | RuleProblem)[] {
  if (text.length > longestText) return [new RuleProblem('file exceeds 1 MiB', start)]
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' })
  if (!Array.isArray(documents)) return []
  if (documents.length > mostDocuments) {
    return [new RuleProblem(`more than ${mostDocuments} documents in one file`, start)]
  }
  const read: (Located | RuleProblem)[] = []
  for (const document of documents) {
    if (document.contents !== null || document.errors.length > 0)
      read.push(located(document, lines))
  }
  return read
}

const start: Place = { line: 1, column: 1 }

function located(document: Document.Parsed, lines: LineCounter): Located | RuleProblem {
  const [error] = document.errors
  if (error !== undefined) {
    const [cause = 'not YAML'] = error.message.split(' at line')
    return new RuleProblem(cause, placeAt(lines, error.pos[0]))
  }
  try {
    return new Reader(document, lines).read(document.contents, 0)
  } catch (problem) {
    if (problem instanceof RuleProblem) return problem
    throw problem
  }
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

class Reader {
  readonly #document: Document.Parsed
  readonly #lines: LineCounter
  #nodes = 0

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
  }

  read(node: ParsedNode | null | undefined, depth: number): Located {
    const place = placeAt(this.#lines, node?.range?.[0] ?? 0)
    this.#nodes += 1
    if (depth > deepest) throw new RuleProblem(`nested deeper than ${deepest}`, place)
    if (this.#nodes > mostNodes) throw new RuleProblem(`more than ${mostNodes} values`, place)
    if (node === null || node === undefined) {
      return { kind: 'scalar', value: null, text: 'null', place }
    }
    if (isAlias(node)) {
      return this.read(node.resolve(this.#document) as ParsedNode | undefined, depth + 1)
    }
    if (isScalar(node)) return scalar(node, place)
    if (isSeq(node)) {
      const items = node.items.map((item) => this.read(item as ParsedNode | null, depth + 1))
      return { kind: 'list', items, place }
    }
    if (isMap(node)) return this.#map(node.items as Pair[], place, depth)
    throw new RuleProblem('unknown kind of value', place)
  }

  #map(pairs: readonly Pair[], place: Place, depth: number): LocatedMap {
    const entries = new Map<string, LocatedEntry>()
    for (const { key, value } of pairs) {
      const name = this.read(key, depth + 1)
      if (name.kind !== 'scalar') throw new RuleProblem('a key must be a word', name.place)
      const read =
        value === null ? { ...name, value: null, text: 'null' } : this.read(value, depth + 1)
      entries.set(name.text, { name: name.text, place: name.place, value: read })
    }
    return { kind: 'map', entries, place }
  }
}

interface Pair {
  readonly key: ParsedNode | null
  readonly value: ParsedNode | null
}

function scalar(node: Scalar, place: Place): LocatedScalar {
  const { value } = node
  if (typeof value === 'string') return { kind: 'scalar', value, text: value, place }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'scalar', value, text: node.source ?? String(value), place }
  }
  return { kind: 'scalar', value: null, text: node.source ?? 'null', place }
}
