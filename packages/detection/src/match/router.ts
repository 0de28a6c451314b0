import type { Logsource } from '@haidang/contracts/event'
import type { Witness } from './formula.ts'
import type { CompiledRule } from './rule-compiler.ts'
import type { View } from './view.ts'

/** Log sources that also are another: a record of the left satisfies rules for the right. */
const broader: Readonly<
  Record<'category' | 'service', Readonly<Record<string, readonly string[]>>>
> = {
  category: {
    registry_set: ['registry_event'],
    registry_add: ['registry_event'],
    registry_delete: ['registry_event'],
    registry_rename: ['registry_event'],
    clipboard_capture: ['clipboard_change'],
    clipboard_change: ['clipboard_capture'],
    dns_query: ['dns'],
    file_delete_detected: ['file_delete'],
  },
  service: { sshd: ['auth'], sudo: ['auth'], su: ['auth'] },
}

/** Whether a record of a log source is one the rule is written for: every part the rule states holds. */
export function applies(rule: Logsource, event: Logsource): boolean {
  return (
    (rule.product === undefined || rule.product === event.product?.toLowerCase()) &&
    holds('category', rule.category, event.category?.toLowerCase()) &&
    holds('service', rule.service, event.service?.toLowerCase())
  )
}

function holds(
  part: 'category' | 'service',
  wanted: string | undefined,
  stated: string | undefined,
): boolean {
  if (wanted === undefined || wanted === stated) return true
  if (stated === undefined || !Object.hasOwn(broader[part], stated)) return false
  return broader[part][stated]?.includes(wanted) ?? false
}

interface Literal {
  readonly literal: string
  readonly rules: number[]
}

interface Probe {
  readonly slot: number
  readonly exact: ReadonlyMap<string, readonly number[]>
  readonly literals: readonly Literal[]
}

/**
 * The rules for one log source, and the quickest way to those that can fire: each field some rule
 * has a witness in is read once, its lower case compared with all witnesses of that field.
 */
export class RuleGroup {
  /** Rules of this log source. */
  readonly size: number
  readonly #always: readonly number[]
  readonly #probes: readonly Probe[]

  constructor(rules: readonly CompiledRule[], members: readonly number[]) {
    this.size = members.length
    const always: number[] = []
    const probes = new Map<
      number,
      { exact: Map<string, number[]>; literals: Map<string, number[]> }
    >()
    const enter = (rule: number, { slot, literal, exact }: Witness) => {
      const probe = probes.get(slot) ?? { exact: new Map(), literals: new Map() }
      probes.set(slot, probe)
      const table = exact ? probe.exact : probe.literals
      const listed = table.get(literal) ?? []
      table.set(literal, listed)
      if (listed.at(-1) !== rule) listed.push(rule)
    }
    for (const member of members) {
      const witnesses = rules[member]?.witnesses
      if (witnesses === undefined) always.push(member)
      else for (const witness of witnesses) enter(member, witness)
    }
    this.#always = always
    this.#probes = [...probes].map(([slot, { exact, literals }]) => ({
      slot,
      exact,
      literals: [...literals].map(([literal, listed]) => ({ literal, rules: listed })),
    }))
  }

  /** Calls back with every rule that may fire, possibly more than once with the same. */
  candidates(view: View, found: (rule: number) => void): void {
    for (const rule of this.#always) found(rule)
    for (const probe of this.#probes) {
      const lower = view.lower(probe.slot)
      if (typeof lower === 'string') probed(probe, lower, found)
      else if (lower) for (const each of lower) probed(probe, each, found)
    }
  }
}

function probed(probe: Probe, lower: string, found: (rule: number) => void): void {
  const exact = probe.exact.get(lower)
  if (exact !== undefined) for (const rule of exact) found(rule)
  for (const { literal, rules } of probe.literals) {
    if (lower.includes(literal)) for (const rule of rules) found(rule)
  }
}

const mostGroups = 1_024

/** Finds the group of a log source; groups are made on first use. */
export class Router {
  readonly #rules: readonly CompiledRule[]
  readonly #groups = new Map<string, RuleGroup>()

  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules
  }

  groupOf(logsource: Logsource): RuleGroup {
    const { product = '', category = '', service = '' } = logsource
    const name = `${product}|${category}|${service}`
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const members = this.#rules.flatMap((rule, i) =>
      applies(rule.logsource, logsource) ? [i] : [],
    )
    const group = new RuleGroup(this.#rules, members)
    if (this.#groups.size >= mostGroups) this.#groups.clear()
    this.#groups.set(name, group)
    return group
  }
}
