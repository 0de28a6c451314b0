/** A line of two texts laid over each other; line numbers are 1-based and absent where the line is not. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
  readonly before?: number
  readonly after?: number
}

/** Lines compared against lines at most; texts that differ in more are shown as one replaced by the other. */
const mostCells = 4_000_000

/** The lines of `before` and `after` with as many as possible in common, in order. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n')
  const b = after.split('\n')
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) {
    tail++
  }
  const middle = { a: a.slice(head, a.length - tail), b: b.slice(head, b.length - tail) }
  const steps = [
    ...a.slice(0, head).map((text) => ({ kind: 'same' as const, text })),
    ...stepsOf(middle.a, middle.b),
    ...a.slice(a.length - tail).map((text) => ({ kind: 'same' as const, text })),
  ]
  return numbered(steps)
}

type Step = Pick<DiffLine, 'kind' | 'text'>

function stepsOf(a: readonly string[], b: readonly string[]): Step[] {
  if (a.length * b.length > mostCells) return replaced(a, b)
  const width = b.length + 1
  const common = lengths(a, b)
  const steps: Step[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const before = a[i] ?? ''
    const after = b[j] ?? ''
    if (before === after) steps.push({ kind: 'same', text: before })
    else if (cell(common, (i + 1) * width + j) >= cell(common, i * width + j + 1)) {
      steps.push({ kind: 'removed', text: before })
    } else steps.push({ kind: 'added', text: after })
    const kind = steps.at(-1)?.kind
    if (kind !== 'added') i++
    if (kind !== 'removed') j++
  }
  return [...steps, ...replaced(a.slice(i), b.slice(j))]
}

/** Length of the longest common subsequence of what follows each pair of places. */
function lengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1
  const common = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const right = cell(common, i * width + j + 1)
      const below = cell(common, (i + 1) * width + j)
      const both = cell(common, (i + 1) * width + j + 1) + 1
      common[i * width + j] = a[i] === b[j] ? both : Math.max(right, below)
    }
  }
  return common
}

function cell(common: Uint32Array, at: number): number {
  return common[at] ?? 0
}

function replaced(a: readonly string[], b: readonly string[]): Step[] {
  return [
    ...a.map((text) => ({ kind: 'removed' as const, text })),
    ...b.map((text) => ({ kind: 'added' as const, text })),
  ]
}

function numbered(steps: readonly Step[]): DiffLine[] {
  let before = 0
  let after = 0
  return steps.map(({ kind, text }) => {
    if (kind === 'removed') return { kind, text, before: ++before }
    if (kind === 'added') return { kind, text, after: ++after }
    return { kind, text, before: ++before, after: ++after }
  })
}

/** Part of a comparison: lines to show, or how many equal ones are left out. */
export type DiffPart =
  | { readonly lines: readonly DiffLine[] }
  | { readonly skipped: number; readonly at: number }

const context = 3

/** Leaves out equal lines that are further than three from a change. */
export function folded(lines: readonly DiffLine[]): DiffPart[] {
  const changed = lines.flatMap(({ kind }, at) => (kind === 'same' ? [] : [at]))
  const near = new Set<number>()
  for (const at of changed) {
    for (let i = at - context; i <= at + context; i++) near.add(i)
  }
  const parts: DiffPart[] = []
  let at = 0
  while (at < lines.length) {
    const from = at
    const shown = near.has(at)
    while (at < lines.length && near.has(at) === shown) at++
    parts.push(shown ? { lines: lines.slice(from, at) } : { skipped: at - from, at: from })
  }
  return parts
}
