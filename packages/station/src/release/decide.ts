import { millisecondsOf } from '@haidang/contracts/instant'
import type {
  FieldTreatment,
  ReleaseDecision,
  ReleaseException,
  ReleasePolicy,
  ReleaseRule,
  ReleaseStream,
} from '@haidang/contracts/release'
import type { Tlp } from '@haidang/contracts/tlp'
import { type Network, readNetwork } from '@haidang/detection/ip-address'

/** What the policy looks at in a record. */
export interface ReleaseFacts {
  readonly stream: ReleaseStream
  readonly class_uid: number
  readonly tlp: Tlp
  /** Id and name of the source; a heartbeat has none. */
  readonly source: readonly string[]
  /** Names of the information systems that take part; only events tell. */
  readonly systems: readonly string[]
}

/** What becomes of a record, and why: the place of the rule (0 is the first), or what else decided. */
export interface Decided {
  readonly decision: ReleaseDecision
  readonly by: number | 'secret' | 'exception' | 'no-rule'
  readonly fields: readonly FieldTreatment[]
}

type Scope = Pick<ReleaseRule, 'streams' | 'classes' | 'categories' | 'tlp' | 'sources' | 'systems'>
type Meets = (facts: ReleaseFacts) => boolean
interface Ready {
  readonly about: Meets
  readonly meets: Meets
}

const anyEvent = { stream: 'events', class_uid: 0, tlp: 'clear', systems: [] } as const

/** A policy ready to decide. Pure: the clock is given, and the same question has the same answer. */
export class ReleaseRules {
  readonly ownNetworks: readonly Network[]
  readonly #rules: readonly (Ready & { readonly decided: Decided })[]
  readonly #exceptions: readonly (Ready & { readonly exception: ReleaseException })[]
  readonly #secretSources: Meets
  readonly #markings: readonly string[]

  constructor(policy: ReleasePolicy) {
    const { secret, rules, exceptions, own_networks } = policy
    this.ownNetworks = own_networks.flatMap((text) => readNetwork(text) ?? [])
    this.#rules = rules.map((rule, by) => {
      const { decision, fields } = rule
      return { ...readyScope(rule), decided: { decision, by, fields } }
    })
    this.#exceptions = exceptions.map((exception) => ({ ...readyScope(exception), exception }))
    this.#secretSources = meetsSources(secret.sources)
    this.#markings = secret.markings.map(comparable)
  }

  /**
   * The first rule that matches decides; before it stand secret material, which never leaves, and
   * exceptions in force at `now` (milliseconds since the epoch). `text` is asked for only where
   * markings have to be looked for: all of the record as JSON.
   */
  decide(facts: ReleaseFacts, now: number, text: () => string): Decided {
    if (this.#secretSources(facts) || this.isMarked(text)) {
      return { decision: 'keep', by: 'secret', fields: [] }
    }
    const isLetOut = this.#exceptions.some(
      ({ meets, exception }) => isInForce(exception, now) && meets(facts),
    )
    if (isLetOut) return { decision: 'send', by: 'exception', fields: [] }
    const rule = this.#rules.find(({ meets }) => meets(facts))
    const decided = rule?.decided ?? { decision: 'keep', by: 'no-rule', fields: [] }
    const isBeat = facts.stream === 'health' && decided.decision === 'keep'
    return isBeat ? { ...decided, decision: 'counts' } : decided
  }

  /** Whether nothing of a source may leave, not even its name. */
  isSecret(source: readonly string[]): boolean {
    return this.#secretSources({ ...anyEvent, source })
  }

  /** Whether a text bears a marking of secret material. */
  isMarked(text: () => string): boolean {
    if (this.#markings.length === 0) return false
    const searched = comparable(text())
    return this.#markings.some((marking) => searched.includes(marking))
  }

  /** Whether events of a source may leave at all at `now`, of some class or marking: with fields, not as a number. */
  lets(source: readonly string[], now: number): boolean {
    const facts: ReleaseFacts = { ...anyEvent, source }
    if (this.#secretSources(facts)) return false
    const isLetOut = this.#exceptions.some(
      ({ about, exception }) => isInForce(exception, now) && about(facts),
    )
    return isLetOut || this.#rules.some(({ about, decided }) => leaves(decided) && about(facts))
  }
}

function leaves({ decision }: Decided): boolean {
  return decision === 'send' || decision === 'masked'
}

/** Whether an exception holds at `now`, milliseconds since the epoch. */
export function isInForce({ from, to }: ReleaseException, now: number): boolean {
  return millisecondsOf(from) <= now && now < millisecondsOf(to)
}

/** Whether a scope covers the stream and the source of a record, and whether it covers the record. */
function readyScope(scope: Scope): Ready {
  const { streams, classes, categories, tlp, sources, systems } = scope
  const isNamed = meetsSources(sources)
  const takesPart = meetsNames(systems)
  const about: Meets = (facts) =>
    among(streams, facts.stream) && (sources.length === 0 || isNamed(facts))
  const meets: Meets = (facts) =>
    about(facts) &&
    among(classes, facts.class_uid) &&
    among(categories, Math.floor(facts.class_uid / 1000)) &&
    among(tlp, facts.tlp) &&
    (systems.length === 0 || takesPart(facts.systems))
  return { about, meets }
}

function among<T>(allowed: readonly T[], value: T): boolean {
  return allowed.length === 0 || allowed.includes(value)
}

function meetsSources(patterns: readonly string[]): Meets {
  const meets = meetsNames(patterns)
  return ({ source }) => meets(source)
}

/** Whether one of some names is among the patterns. */
function meetsNames(patterns: readonly string[]): (names: readonly string[]) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')))
  const globs = patterns.filter((pattern) => pattern.includes('*')).map((one) => one.split('*'))
  return (names) =>
    names.some((name) => exact.has(name) || globs.some((pieces) => meetsGlob(pieces, name)))
}

/** Whether a text is these pieces in their order, anything between them. */
function meetsGlob(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? ''
  const last = pieces.at(-1) ?? ''
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let from = first.length
  for (const piece of pieces.slice(1, -1)) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return from <= end
}

/** One form for letter case and for ways to compose letters; tones stay, as they tell words apart. */
function comparable(text: string): string {
  return text.normalize('NFC').toUpperCase()
}
