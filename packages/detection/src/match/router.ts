import type { Logsource } from '@haidang/contracts/event'
import type { CompiledRule } from '../sigma/rule-compiler.ts'
import type { Slots, View } from '../sigma/view.ts'
import { RulePlan } from './rule-plan.ts'
import { requiredTexts } from './witnesses.ts'

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
    http: ['proxy', 'webserver'],
  },
  service: {
    sshd: ['auth'],
    sudo: ['auth'],
    su: ['auth'],
    cron: ['syslog'],
    named: ['syslog'],
    clamav: ['syslog'],
    vsftpd: ['syslog'],
    threat_management: ['threat_detection'],
  },
}

/** Whether a record of a log source is one a rule asks for: every part that one of its log sources states holds. */
export function applies(rule: readonly Logsource[], event: Logsource): boolean {
  return rule.some(
    ({ product, category, service }) =>
      (product === undefined || product === event.product?.toLowerCase()) &&
      holds('category', category, event.category?.toLowerCase()) &&
      holds('service', service, event.service?.toLowerCase()),
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

/** What to do with records whose log source is unknown: try every rule, or none. */
export type Unrouted = 'open' | 'closed'

/** The rules for one log source, split by event id where they ask for one. */
interface RuleGroup {
  /** Rules that ask for no event id, or any id no rule asks for. */
  readonly rest: () => RulePlan
  /** By event id that some rule asks for. */
  readonly byId: ReadonlyMap<string, () => RulePlan>
  /** All of them, for a record that names several event ids. */
  readonly whole: () => RulePlan
}

const mostGroups = 1_024

/** Finds the plan for a record; plans are made on first use. */
export class Router {
  readonly #rules: readonly CompiledRule[]
  readonly #idSlot: number
  readonly #unrouted: Unrouted
  readonly #groups = new Map<string, RuleGroup>()
  #last: (Logsource & { readonly group: RuleGroup }) | undefined

  constructor(rules: readonly CompiledRule[], slots: Slots, unrouted: Unrouted = 'closed') {
    this.#rules = rules
    this.#idSlot = slots.slotOf('EventID', 'windows')
    this.#unrouted = unrouted
  }

  /** The plan for the record a view shows. */
  planFor(view: View, logsource: Logsource): RulePlan {
    const { byId, rest, whole } = this.#groupOf(logsource)
    if (byId.size === 0) return rest()
    const id = view.value(this.#idSlot)
    if (typeof id === 'string') return (byId.get(id) ?? rest)()
    return id ? whole() : rest()
  }

  /** Records of a source come one after the other: the last answer is mostly the next one. */
  #groupOf(logsource: Logsource): RuleGroup {
    const { product, category, service } = logsource
    const last = this.#last
    if (
      last !== undefined &&
      last.product === product &&
      last.category === category &&
      last.service === service
    ) {
      return last.group
    }
    const group = this.#findGroup(logsource)
    this.#last = { product, category, service, group }
    return group
  }

  #findGroup(logsource: Logsource): RuleGroup {
    const { product = '', category = '', service = '' } = logsource
    const name = `${product}|${category}|${service}`
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const open = this.#unrouted === 'open' && name === '||'
    const members = this.#rules.flatMap((rule, i) =>
      open || applies(rule.logsources, logsource) ? [i] : [],
    )
    const group = this.#groupOfMembers(members)
    if (this.#groups.size >= mostGroups) this.#groups.clear()
    this.#groups.set(name, group)
    return group
  }

  #groupOfMembers(members: readonly number[]): RuleGroup {
    const free: number[] = []
    const asking = new Map<string, number[]>()
    for (const member of members) {
      const formula = this.#rules[member]?.formula
      const ids = formula && requiredTexts(formula, this.#idSlot)
      if (ids === undefined) free.push(member)
      for (const id of ids ?? []) {
        const listed = asking.get(id) ?? []
        asking.set(id, listed)
        listed.push(member)
      }
    }
    const plan = (its: readonly number[], settled?: number) =>
      onFirstUse(() => new RulePlan(this.#rules, its, settled))
    const byId = new Map(
      [...asking].map(([id, its]) => [id, plan([...free, ...its], this.#idSlot)]),
    )
    return { rest: plan(free), byId, whole: plan(members) }
  }
}

function onFirstUse<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
