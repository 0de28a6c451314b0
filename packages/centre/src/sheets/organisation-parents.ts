import { deepest } from '../modules/organisations/tie-store.ts'
import type { ImportFaults } from './sheet-faults.ts'

/** Who is to be under whom; `id` and `parent_id` tell organisations apart, also those that are not written yet. */
export interface WantedParent {
  readonly row: number
  readonly id: string
  readonly parent_id: string
}

/** Whom an organisation is, or from some day on will be, under. */
export interface KnownParent {
  readonly organisation_id: string
  readonly parent_id: string
}

/** A way up that does not end: a ring, or more levels than a tree may have. */
type Wrong = { readonly kind: 'circular' | 'too-deep'; readonly path: readonly string[] }

/** Tells which wanted parents would close a ring or make the tree too deep, together with those that are known. */
export function checkParents(
  wanted: readonly WantedParent[],
  known: readonly KnownParent[],
  nameOf: (id: string) => string,
  faults: ImportFaults,
): void {
  const climber = new Climber([
    ...known,
    ...wanted.map(({ id, parent_id }) => ({ organisation_id: id, parent_id })),
  ])
  const rows = new Map(wanted.map(({ id, row }) => [id, row]))
  const told = new Set<number>()
  for (const { kind, path } of climber.wrong()) {
    const chain = path.map(nameOf).join(' → ')
    // Of a ring each row that closes it answers; of a tree too deep the lowest row does.
    const answering = path.flatMap((one) => rows.get(one) ?? [])
    for (const row of kind === 'circular' ? answering : answering.slice(0, 1)) {
      if (!told.has(row)) faults.tell(row, 'parent', kind, { chain, most: deepest })
      told.add(row)
    }
  }
}

/** Climbs from everybody to the top and keeps how high each one stands. */
class Climber {
  readonly #parents = new Map<string, string[]>()
  readonly #heights = new Map<string, number>()

  constructor(edges: readonly KnownParent[]) {
    for (const { organisation_id: id, parent_id } of edges) {
      const some = this.#parents.get(id)
      if (some) some.push(parent_id)
      else this.#parents.set(id, [parent_id])
    }
  }

  /** Ways up that do not end. */
  *wrong(): Iterable<Wrong> {
    for (const id of this.#parents.keys()) {
      const wrong = this.#climb(id, [])
      if (wrong) yield wrong
    }
  }

  #climb(id: string, below: readonly string[]): Wrong | undefined {
    const from = below.indexOf(id)
    if (from >= 0) return { kind: 'circular', path: [...below.slice(from), id] }
    const path = [...below, id]
    const known = this.#heights.get(id)
    if (below.length + (known ?? 1) > deepest) return { kind: 'too-deep', path }
    if (known !== undefined) return undefined
    let height = 1
    for (const parent of this.#parents.get(id) ?? []) {
      const wrong = this.#climb(parent, path)
      if (wrong) return wrong
      height = Math.max(height, (this.#heights.get(parent) ?? 0) + 1)
    }
    this.#heights.set(id, height)
    return undefined
  }
}
