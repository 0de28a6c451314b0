import { type CharacterSet, holds } from '../expression/character-set.ts'
import { wordUnits } from '../expression/named-sets.ts'
import type { Assertion, SyntaxTree } from '../expression/syntax-tree.ts'
import type { GroupedExpression, GroupedTree } from './group-parser.ts'

type Instruction =
  | { readonly kind: 'take'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  /** Goes on at the first, and only if that leads nowhere at the second. */
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'match' }

const mostInstructions = 2_000
const mostCells = 4_000_000

/** Where a match and its groups begin and end: `[from, to, from of group 1, …]`; -1 where a group took no part. */
export type Match = readonly number[]

/**
 * Finds matches from left to right as Python does, with groups. No place of the text is tried twice
 * for the same part of the expression, so one search takes time in proportion to both.
 */
export class GroupMatcher {
  readonly #program: readonly Instruction[]
  readonly #slots: number

  /** Throws Error where the expression is too large. */
  constructor({ tree, groups }: GroupedExpression) {
    const program: Instruction[] = []
    emit({ kind: 'group', number: 0, part: tree }, program)
    program.push({ kind: 'match' })
    this.#program = program
    this.#slots = 2 * groups + 2
  }

  /** All matches that do not overlap. Throws Error where finding them takes too long. */
  all(text: string): Match[] {
    const cells = this.#program.length * (text.length + 1)
    if (cells > mostCells) throw new Error('the text is too long for this expression')
    const matches: Match[] = []
    let left = 4 * mostCells
    for (let from = 0; from <= text.length; ) {
      const search = new Search(this.#program, this.#slots, text, from)
      const match = search.first()
      left -= this.#program.length * (text.length - from + 1)
      if (match === undefined) break
      if (left < 0) throw new Error('finding all matches takes too long')
      matches.push(match)
      const [begin = 0, end = 0] = match
      from = end === begin ? end + 1 : end
    }
    return matches
  }
}

class Search {
  readonly #program: readonly Instruction[]
  readonly #text: string
  readonly #from: number
  readonly #visited: Uint8Array
  readonly #slots: number[]

  constructor(program: readonly Instruction[], slots: number, text: string, from: number) {
    this.#program = program
    this.#text = text
    this.#from = from
    this.#visited = new Uint8Array(program.length * (text.length - from + 1))
    this.#slots = new Array<number>(slots).fill(-1)
  }

  first(): Match | undefined {
    for (let at = this.#from; at <= this.#text.length; at++) {
      if (this.#runs(at)) return this.#slots
    }
    return undefined
  }

  /** Follows all ways from one place, the preferred first; a negative entry puts a slot back. */
  #runs(begin: number): boolean {
    const stack = [0, begin]
    while (stack.length > 0) {
      const at = stack.pop() ?? 0
      const step = stack.pop() ?? 0
      if (step < 0) this.#slots[-step - 1] = at
      else if (this.#follow(step, at, stack)) return true
    }
    return false
  }

  #follow(begin: number, from: number, stack: number[]): boolean {
    let step = begin
    let at = from
    while (this.#isNew(step, at)) {
      const instruction = this.#program[step]
      step += 1
      switch (instruction?.kind) {
        case 'take':
          if (!this.#takes(instruction.set, at)) return false
          at += 1
          break
        case 'assert':
          if (!asserted(instruction.assertion, this.#text, at)) return false
          break
        case 'fork':
          stack.push(instruction.second, at)
          step = instruction.first
          break
        case 'jump':
          step = instruction.to
          break
        case 'save':
          stack.push(-instruction.slot - 1, this.#slots[instruction.slot] ?? -1)
          this.#slots[instruction.slot] = at
          break
        default:
          return true
      }
    }
    return false
  }

  #takes(set: CharacterSet, at: number): boolean {
    return at < this.#text.length && holds(set, this.#text.charCodeAt(at))
  }

  #isNew(step: number, at: number): boolean {
    const cell = step * (this.#text.length - this.#from + 1) + at - this.#from
    if (this.#visited[cell] === 1) return false
    this.#visited[cell] = 1
    return true
  }
}

function asserted(assertion: Assertion, text: string, at: number): boolean {
  switch (assertion) {
    case 'text start':
      return at === 0
    case 'text end':
      return at === text.length
    case 'line start':
      return at === 0 || text[at - 1] === '\n'
    case 'line end':
      return at === text.length || text[at] === '\n'
    default: {
      const before = at > 0 && holds(wordUnits, text.charCodeAt(at - 1))
      const after = at < text.length && holds(wordUnits, text.charCodeAt(at))
      return (before !== after) === (assertion === 'word boundary')
    }
  }
}

function emit(tree: GroupedTree, program: Instruction[]): void {
  if (program.length > mostInstructions) throw new Error('the expression is too large')
  switch (tree.kind) {
    case 'plain':
      emitPlain(tree.tree, program)
      break
    case 'sequence':
      for (const part of tree.parts) emit(part, program)
      break
    case 'group':
      program.push({ kind: 'save', slot: 2 * tree.number })
      emit(tree.part, program)
      program.push({ kind: 'save', slot: 2 * tree.number + 1 })
      break
    case 'choice':
      emitChoice(tree.parts, program)
      break
    case 'repeat':
      emitRepeat(tree, program)
      break
  }
}

/** Classes, characters and assertions: sequences and choices of them come from characters beyond U+FFFF. */
function emitPlain(tree: SyntaxTree, program: Instruction[]): void {
  if (tree.kind === 'set') program.push({ kind: 'take', set: tree.set })
  else if (tree.kind === 'assertion') program.push({ kind: 'assert', assertion: tree.assertion })
  else if (tree.kind === 'repeat') throw new Error('not a single character')
  else {
    const parts = tree.parts.map((part): GroupedTree => ({ kind: 'plain', tree: part }))
    emit({ kind: tree.kind, parts }, program)
  }
}

function emitChoice(parts: readonly GroupedTree[], program: Instruction[]): void {
  const ends: { kind: 'jump'; to: number }[] = []
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1) {
      emit(part, program)
      break
    }
    const fork = { kind: 'fork' as const, first: program.length + 1, second: 0 }
    program.push(fork)
    emit(part, program)
    const end = { kind: 'jump' as const, to: 0 }
    program.push(end)
    ends.push(end)
    fork.second = program.length
  }
  for (const end of ends) end.to = program.length
}

function emitRepeat(
  { part, least, most, lazy }: Extract<GroupedTree, { kind: 'repeat' }>,
  program: Instruction[],
): void {
  for (let i = 0; i < least; i++) emit(part, program)
  if (most === Number.POSITIVE_INFINITY) {
    const begin = program.length
    const leave = optional(part, lazy, program)
    program.push({ kind: 'jump', to: begin })
    leave(program.length)
    return
  }
  const leaves: ((to: number) => void)[] = []
  for (let i = least; i < most; i++) leaves.push(optional(part, lazy, program))
  for (const leave of leaves) leave(program.length)
}

/** Adds the part with a way around it; returns how to say where that way leads. */
function optional(part: GroupedTree, lazy: boolean, program: Instruction[]): (to: number) => void {
  const fork = { kind: 'fork' as const, first: 0, second: 0 }
  program.push(fork)
  const inside = program.length
  emit(part, program)
  return (to) => {
    fork.first = lazy ? to : inside
    fork.second = lazy ? inside : to
  }
}
