import type { BaseRule, Feed } from './correlation-plan.ts'
import type { Base, Draft, Resolved, Target } from './resolved-correlation.ts'

interface Building {
  readonly base: Base
  readonly slots: number[]
  readonly feeds: Feed[]
  readonly chained: Record<number, Feed[]>
}

/**
 * Finds for every detection rule that correlations rest on the fields they ask for, and what its hits
 * feed. Correlations are numbered as listed.
 */
export function basesOf(joined: readonly Resolved[]): BaseRule[] {
  return new FeedCompiler(joined).bases()
}

class FeedCompiler {
  readonly #joined: readonly Resolved[]
  readonly #byDraft: ReadonlyMap<Draft, Resolved>
  readonly #building = new Map<Base, Building>()

  constructor(joined: readonly Resolved[]) {
    this.#joined = joined
    this.#byDraft = new Map(joined.map((resolved) => [resolved.draft, resolved]))
  }

  bases(): BaseRule[] {
    for (const [correlation, resolved] of this.#joined.entries()) {
      for (const [member, target] of resolved.members.entries()) {
        this.#feed(correlation, resolved, member, target)
      }
    }
    return [...this.#building.values()].map(({ base, slots, feeds, chained }) => ({
      rule: base.rule,
      slots,
      feeds,
      chained,
    }))
  }

  #feed(correlation: number, resolved: Resolved, member: number, target: Target): void {
    if (target.kind === 'rule') {
      const building = this.#of(target)
      building.feeds.push(this.#feedOf(correlation, resolved, member, building))
      return
    }
    const inner = this.#byDraft.get(target)
    if (inner === undefined) return
    const position = this.#joined.indexOf(inner)
    for (const base of inner.bases) {
      const building = this.#of(base)
      const feeds = building.chained[position] ?? []
      building.chained[position] = feeds
      feeds.push(this.#feedOf(correlation, resolved, member, building))
    }
  }

  #of(base: Base): Building {
    const known = this.#building.get(base)
    if (known !== undefined) return known
    const building: Building = { base, slots: [], feeds: [], chained: {} }
    this.#building.set(base, building)
    return building
  }

  #feedOf(correlation: number, resolved: Resolved, member: number, building: Building): Feed {
    const { base, slots } = building
    const positionOf = (field: string) => {
      const slot = base.slotOf(this.#fieldOf(resolved, member, field, base))
      const known = slots.indexOf(slot)
      return known < 0 ? slots.push(slot) - 1 : known
    }
    const { groupBy, fields } = resolved.draft.text
    return { correlation, member, group: groupBy.map(positionOf), values: fields.map(positionOf) }
  }

  /** The name a detection rule's events have for a field, through aliases of each correlation on the way. */
  #fieldOf(resolved: Resolved, member: number, field: string, base: Base): string {
    const meant = resolved.aliases[member]?.get(field) ?? field
    const target = resolved.members[member]
    if (target === undefined || target.kind === 'rule') return meant
    const inner = this.#byDraft.get(target)
    if (inner === undefined) return meant
    const through = inner.members.findIndex((each) => each === base || this.#restsOn(each, base))
    return through < 0 ? meant : this.#fieldOf(inner, through, meant, base)
  }

  #restsOn(target: Target, base: Base): boolean {
    return target.kind === 'correlation' && this.#byDraft.get(target)?.bases.has(base) === true
  }
}
