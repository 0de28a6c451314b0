import { type Parsed, parsed, type Unreadable, unreadable } from './parsed.ts'

/** An element of XML: names without their prefix, text of its own joined. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface Open {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: XmlElement[]
  text: string
}

const deepest = 32
const mostElements = 10_000
/** Of one element; more are passed over. */
const mostAttributes = 256
const attribute =
  /(?<![\w:.-])([\w:.-]{1,128})\s{0,16}=\s{0,16}(?:"([^"<]{0,65536})"|'([^'<]{0,65536})')/g

/**
 * Reads one XML element. Comments and processing instructions are left out; declarations of types, and with
 * them entities of one's own, are refused. At most 32 levels, 10,000 elements and 256
 * attributes of each. Linear.
 * Reasons: `xml.no-element`, `xml.not-closed`, `xml.declaration`, `xml.too-deep`, `xml.too-many-elements`.
 */
export function parseXml(text: string): Parsed<XmlElement> {
  return readXml(text, false)
}

/** As `parseXml`, of an element that was cut off: what is open where the text ends is taken as closed there. */
export function parseCutXml(text: string): Parsed<XmlElement> {
  return readXml(text, true)
}

function readXml(text: string, isCut: boolean): Parsed<XmlElement> {
  const tree = new Tree()
  const problem = tree.fill(text)
  if (problem !== undefined && !(isCut && problem.reason === 'xml.not-closed')) return problem
  if (isCut) tree.closeAll()
  return tree.root === undefined ? tree.unfinished : parsed(tree.root)
}

/** The elements that are open, and the root once it is closed. */
class Tree {
  root: XmlElement | undefined
  readonly #stack: Open[] = []
  #count = 0

  /** Reads up to the end of the root, or of the text. */
  fill(text: string): Unreadable | undefined {
    let at = text.indexOf('<')
    while (at >= 0) {
      const token = readToken(text, at)
      if ('ok' in token) return token
      const problem = this.#take(token)
      if (problem !== undefined || this.root !== undefined) return problem
      at = text.indexOf('<', token.end)
      this.#write(decoded(text.slice(token.end, at < 0 ? text.length : at)))
    }
    return undefined
  }

  closeAll(): void {
    while (this.root === undefined && this.#stack.length > 0) this.#close()
  }

  #take(token: Token): Unreadable | undefined {
    if (token.kind === 'text') this.#write(token.text)
    if (token.kind === 'open') {
      if (++this.#count > mostElements) {
        return unreadable('xml.too-many-elements', `more than ${mostElements}`)
      }
      if (this.#stack.length >= deepest) {
        return unreadable('xml.too-deep', `more than ${deepest} levels`)
      }
      this.#stack.push(opened(token.text))
    }
    return token.kind === 'close' || token.isEmpty ? this.#close() : undefined
  }

  #close(): Unreadable | undefined {
    const element = this.#stack.pop()
    if (element === undefined) return unreadable('xml.no-element', 'it ends before it begins')
    const parent = this.#stack.at(-1)
    if (parent === undefined) this.root = element
    else parent.children.push(element)
    return undefined
  }

  #write(text: string): void {
    const current = this.#stack.at(-1)
    if (current !== undefined) current.text += text
  }

  get unfinished(): Unreadable {
    const reason = this.#stack.length > 0 ? 'xml.not-closed' : 'xml.no-element'
    return unreadable(reason, 'no whole element')
  }
}

interface Token {
  readonly kind: 'open' | 'close' | 'text' | 'nothing'
  readonly text: string
  readonly isEmpty: boolean
  readonly end: number
}

const sections: readonly (readonly [start: string, end: string, kind: 'text' | 'nothing'])[] = [
  ['<!--', '-->', 'nothing'],
  ['<![CDATA[', ']]>', 'text'],
  ['<?', '?>', 'nothing'],
]

function readToken(text: string, at: number): Token | Unreadable {
  for (const [start, stop, kind] of sections) {
    if (!text.startsWith(start, at)) continue
    const end = text.indexOf(stop, at + start.length)
    if (end < 0) return unreadable('xml.not-closed', `${start} does not end`)
    const inner = text.slice(at + start.length, end)
    return { kind, text: inner, isEmpty: false, end: end + stop.length }
  }
  if (text.startsWith('<!', at)) return unreadable('xml.declaration', 'declarations are not read')
  const end = text.indexOf('>', at)
  if (end < 0) return unreadable('xml.not-closed', 'a tag does not end')
  if (text[at + 1] === '/') return { kind: 'close', text: '', isEmpty: false, end: end + 1 }
  const isEmpty = text[end - 1] === '/'
  return { kind: 'open', text: text.slice(at + 1, isEmpty ? end - 1 : end), isEmpty, end: end + 1 }
}

function opened(tag: string): Open {
  const name = /^[^\s/]{1,128}/.exec(tag)?.[0] ?? ''
  const pairs: [string, string][] = []
  for (const [, key = '', double, single] of tag.slice(name.length).matchAll(attribute)) {
    pairs.push([local(key), decoded(double ?? single ?? '')])
    if (pairs.length === mostAttributes) break
  }
  return { name: local(name), attributes: Object.fromEntries(pairs), children: [], text: '' }
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
}

function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, ten, sixteen, name) => {
      if (typeof name === 'string')
        return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole
      const code = typeof ten === 'string' ? Number(ten) : Number.parseInt(String(sixteen), 16)
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
    },
  )
}
