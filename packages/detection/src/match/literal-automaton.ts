/** Marks a state in which at least one literal ends. */
const ends = 0x4000_0000
const classesOfAscii = 128
const otherClass = 0
/** Characters beyond ASCII share a few classes: literals in them are rare, and tables stay narrow. */
const firstBeyondAscii = 1
const beyondAsciiMask = 15
const firstOwn = firstBeyondAscii + beyondAsciiMask + 1

/** A literal by its position in the list, where it ends, and the length of the text searched. */
type Found = (literal: number, end: number, length: number) => void

/**
 * Finds which of many literals occur in a text, in one pass (Aho and Corasick, 1975). ASCII letters are
 * compared without case. Some characters beyond ASCII count as equal to each other: a hit says where
 * to look closer, and no occurrence is missed.
 */
export class LiteralAutomaton {
  readonly #classes = new Uint8Array(classesOfAscii)
  readonly #width: number
  /** Next state times width, by state times width plus class; `ends` is set where literals end. */
  readonly #next: Int32Array
  readonly #outputStart: Int32Array
  readonly #outputs: Int32Array

  /** Literals are in lower case and not empty; hits name them by position in the list. */
  constructor(literals: readonly string[]) {
    this.#width = this.#classify(literals)
    const trie = this.#trie(literals)
    const built = linked(trie, this.#width)
    this.#next = built.next
    this.#outputStart = built.outputStart
    this.#outputs = built.outputs
  }

  /** Calls back with each literal that occurs, where it ends, and how long the text is that was searched. */
  search(text: string, found: Found): void {
    // Some letters beyond ASCII have an ASCII letter as lower case.
    if (!this.#run(text, false, found)) this.#run(text.toLowerCase(), true, found)
  }

  /** False as soon as it meets a character beyond ASCII in a text that is not in lower case. */
  #run(text: string, isLower: boolean, found: Found): boolean {
    const classes = this.#classes
    const next = this.#next
    let state = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code >= classesOfAscii && !isLower) return false
      const kind = code < classesOfAscii ? (classes[code] as number) : beyondAscii(code)
      state = next[(state & ~ends) + kind] as number
      if (state >= ends) this.#report(state & ~ends, i + 1, text.length, found)
    }
    return true
  }

  #report(state: number, end: number, length: number, found: Found): void {
    const index = state / this.#width
    const last = this.#outputStart[index + 1] as number
    for (let at = this.#outputStart[index] as number; at < last; at++) {
      found(this.#outputs[at] as number, end, length)
    }
  }

  /** Gives every character of the literals a class of its own; returns how many there are. */
  #classify(literals: readonly string[]): number {
    let count = firstOwn
    for (const literal of literals) {
      for (let i = 0; i < literal.length; i++) {
        const code = literal.charCodeAt(i)
        if (code >= classesOfAscii || this.#classes[code] !== otherClass) continue
        this.#classes[code] = count
        const upper = String.fromCharCode(code).toUpperCase().charCodeAt(0)
        if (upper < classesOfAscii) this.#classes[upper] = count
        count += 1
      }
    }
    return count
  }

  #trie(literals: readonly string[]): Trie {
    const width = this.#width
    const most = literals.reduce((sum, { length }) => sum + length, 1)
    const next = new Int32Array(most * width)
    const endsAt: number[][] = []
    let states = 1
    for (const [index, literal] of literals.entries()) {
      let state = 0
      for (let i = 0; i < literal.length; i++) {
        const code = literal.charCodeAt(i)
        const kind = code < classesOfAscii ? (this.#classes[code] as number) : beyondAscii(code)
        const at = state * width + kind
        if (next[at] === 0) next[at] = states++
        state = next[at] as number
      }
      const listed = endsAt[state]
      if (listed === undefined) endsAt[state] = [index]
      else listed.push(index)
    }
    return { next: next.subarray(0, states * width), states, endsAt }
  }
}

function beyondAscii(code: number): number {
  return firstBeyondAscii + (code & beyondAsciiMask)
}

interface Trie {
  readonly next: Int32Array
  readonly states: number
  /** Literals by the state they end in. */
  readonly endsAt: readonly (readonly number[] | undefined)[]
}

/** Turns a trie into an automaton that never goes back: missing arrows lead where the longest suffix leads. */
function linked({ next, states, endsAt }: Trie, width: number) {
  const suffix = new Int32Array(states)
  const outputsOf: (readonly number[])[] = Array.from({ length: states }, (_, s) => endsAt[s] ?? [])
  const queue: number[] = []
  for (let kind = 0; kind < width; kind++) {
    const child = next[kind] as number
    if (child !== 0) queue.push(child)
  }
  // Breadth first: the suffix of a state is shorter, so it is finished before.
  for (const state of queue) {
    const back = suffix[state] as number
    const inherited = outputsOf[back] ?? []
    if (inherited.length > 0) outputsOf[state] = [...(outputsOf[state] ?? []), ...inherited]
    link(state * width, back * width)
  }
  return flattened(next, outputsOf, width)

  function link(row: number, suffixRow: number): void {
    for (let kind = 0; kind < width; kind++) {
      const child = next[row + kind] as number
      const viaSuffix = next[suffixRow + kind] as number
      if (child === 0) {
        next[row + kind] = viaSuffix
      } else {
        suffix[child] = viaSuffix
        queue.push(child)
      }
    }
  }
}

function flattened(next: Int32Array, outputsOf: readonly (readonly number[])[], width: number) {
  const outputStart = new Int32Array(outputsOf.length + 1)
  const outputs: number[] = []
  for (const [state, listed] of outputsOf.entries()) {
    outputStart[state] = outputs.length
    outputs.push(...listed)
  }
  outputStart[outputsOf.length] = outputs.length
  const marked = Int32Array.from(outputsOf, ({ length }, state) =>
    length > 0 ? (state * width) | ends : state * width,
  )
  for (let at = 0; at < next.length; at++) next[at] = marked[next[at] as number] as number
  return { next, outputStart, outputs: Int32Array.from(outputs) }
}
