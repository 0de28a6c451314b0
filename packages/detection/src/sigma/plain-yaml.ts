import type { Located, LocatedEntry, LocatedList, LocatedMap, Place } from './located-yaml.ts'
import { blockText } from './plain-block.ts'
import { NotPlain, plainScalar } from './plain-scalar.ts'

const longestText = 262_144
const deepest = 16
const otherDocument = /^(?:---|\.\.\.|%)/m
const key = /(?:([A-Za-z_$][A-Za-z0-9_.|$()/-]*(?: [A-Za-z0-9_.|$()/-]+)*)|'([^'\\]*)'):(?=[ ]|$)/y
const dash = /-(?=[ ]|$)/y

/**
 * Reads one document of the plain YAML nearly every rule is written in: blocks of maps and lists, scalars of
 * one line, blocks of text. Undefined for anything else, which takes a whole YAML reader; what it reads, it
 * reads as that one does.
 */
export function readPlainYaml(text: string): Located | undefined {
  if (text.length > longestText) return undefined
  const body = text.startsWith('---\n') ? `   \n${text.slice(4)}` : text
  if (otherDocument.test(body)) return undefined
  try {
    return new PlainReader(body.split('\n')).document()
  } catch (problem) {
    if (problem instanceof NotPlain) return undefined
    throw problem
  }
}

class PlainReader {
  readonly #lines: string[]
  #at = 0

  constructor(lines: string[]) {
    this.#lines = lines
  }

  document(): Located {
    const node = this.#node(this.#indentHere(), 0)
    if (this.#indentHere() >= 0) throw new NotPlain()
    return node
  }

  /** Indentation of the next line that says something; -1 at the end. */
  #indentHere(): number {
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line
      if (line.includes('\r') || line.includes('\t')) throw new NotPlain()
      const indent = indentOf(line)
      if (indent < line.length && line.charAt(indent) !== '#') return indent
    }
    return -1
  }

  #node(indent: number, depth: number): Located {
    if (indent < 0 || depth > deepest) throw new NotPlain()
    return this.#meets(dash, indent) ? this.#list(indent, depth) : this.#map(indent, depth)
  }

  #map(indent: number, depth: number): LocatedMap {
    const entries = new Map<string, LocatedEntry>()
    const place = this.#place(indent)
    while (this.#indentHere() === indent && !this.#meets(dash, indent)) {
      const found = this.#meets(key, indent)
      const name = found?.[1] ?? found?.[2]
      if (!found || name === undefined || entries.has(name)) throw new NotPlain()
      const at = this.#place(indent)
      const value = this.#value(indent, indent + found[0].length, depth, true)
      entries.set(name, { name, place: at, value })
    }
    if (entries.size === 0 || this.#indentHere() > indent) throw new NotPlain()
    return { kind: 'map', entries, place }
  }

  #list(indent: number, depth: number): LocatedList {
    const items: Located[] = []
    const place = this.#place(indent)
    while (this.#indentHere() === indent && this.#meets(dash, indent)) {
      const from = indent + 1 + indentOf(this.#line.slice(indent + 1))
      const isNested =
        from < this.#line.length && (this.#meets(dash, from) ?? this.#meets(key, from))
      if (isNested) {
        // What follows the dash is a block of its own, which begins where it stands.
        this.#lines[this.#at] = `${' '.repeat(indent + 1)}${this.#line.slice(indent + 1)}`
        items.push(this.#node(from, depth + 1))
      } else {
        items.push(this.#value(indent, indent + 1, depth, false))
      }
    }
    if (this.#indentHere() > indent) throw new NotPlain()
    return { kind: 'list', items, place }
  }

  /** What stands after a key or dash: on its line, or as a block below. */
  #value(indent: number, from: number, depth: number, ofKey: boolean): Located {
    const line = this.#line
    const start = from + indentOf(line.slice(from))
    if (start >= line.length || line.charAt(start) === '#') {
      this.#at += 1
      const below = this.#indentHere()
      const isList = ofKey && below === indent && this.#meets(dash, below)
      if (below <= indent && !isList) throw new NotPlain()
      return this.#node(below, depth + 1)
    }
    const place = this.#place(start)
    this.#at += 1
    if ('|>'.includes(line.charAt(start))) {
      const block = blockText(line.slice(start), this.#lines, this.#at, indent)
      this.#at = block.end
      return { kind: 'scalar', value: block.text, text: block.text, place }
    }
    const scalar = { ...plainScalar(line, start), place }
    // A deeper line below would go on with the same scalar.
    if (this.#indentHere() > indent) throw new NotPlain()
    return scalar
  }

  get #line(): string {
    return this.#lines[this.#at] ?? ''
  }

  #place(column: number): Place {
    return { line: this.#at + 1, column: column + 1 }
  }

  #meets(expression: RegExp, at: number): RegExpExecArray | null {
    expression.lastIndex = at
    return expression.exec(this.#line)
  }
}

function indentOf(line: string): number {
  let indent = 0
  while (line.charCodeAt(indent) === 32) indent += 1
  return indent
}
