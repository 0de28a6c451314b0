import type { FlowFields, Template, TemplateDefinition } from '../../parse/flow/template.ts'

/** A template and when it was last announced (milliseconds since the epoch). */
interface Announced {
  readonly template: Template
  at: number
}

const mostTemplates = 512
/** Numbers of sets that stand for all they can announce (RFC 7011, 8.1). */
const allTemplates = 2
const allOptions = 3
const mostSamplers = 64
/** Exporters announce at least every half hour; after four times that a template may be of before a restart nobody saw. */
const templateLife = 2 * 3_600_000

/** What one exporter said of its records in one observation domain. */
export class ExporterDomain {
  readonly #life: number
  readonly #templates = new Map<number, Announced>()
  readonly #samplers = new Map<string, number>()
  /** When it was last heard of. */
  lastAt = 0
  /** When the exporter was started, by its clock, if it says so in options. */
  bootTime: number | undefined

  /** Milliseconds a template counts after it was announced. */
  constructor(life = templateLife) {
    this.#life = life
  }

  /** Fields of all its templates. */
  get weight(): number {
    let sum = 0
    for (const { template } of this.#templates.values()) sum += template.fields.length
    return sum
  }

  /** The template records of this number are of; undefined: not announced, or too long ago. */
  template(id: number, now: number): Template | undefined {
    const announced = this.#templates.get(id)
    return announced && now - announced.at <= this.#life ? announced.template : undefined
  }

  /** Whether it has room for one more, or knows it. */
  hasRoom(id: number): boolean {
    return this.#templates.has(id) || this.#templates.size < mostTemplates
  }

  /** Whether it was announced just so before. */
  isKnown({ id, fields, scopes }: TemplateDefinition): boolean {
    const known = this.#templates.get(id)?.template
    return (
      known !== undefined &&
      known.scopes === scopes &&
      known.fields.length === fields.length &&
      known.fields.every(
        (field, index) =>
          field.id === fields[index]?.id &&
          field.length === fields[index]?.length &&
          field.enterprise === fields[index]?.enterprise,
      )
    )
  }

  /** Takes a template in the place of what had its number. */
  announce(template: Template, at: number): void {
    this.#templates.set(template.id, { template, at })
  }

  /** It was announced again; answers how long ago before. */
  renew(id: number, at: number): number {
    const announced = this.#templates.get(id)
    if (announced === undefined) return 0
    const before = announced.at
    announced.at = at
    return at - before
  }

  /** A template counts no more; 2 and 3 mean all templates, and all of options. */
  withdraw(id: number): void {
    this.#templates.delete(id)
    if (id !== allTemplates && id !== allOptions) return
    for (const [each, { template }] of this.#templates) {
      if (template.scopes > 0 === (id === allOptions)) this.#templates.delete(each)
    }
  }

  forgetOld(now: number): void {
    for (const [id, { at }] of this.#templates) {
      if (now - at > this.#life) this.#templates.delete(id)
    }
  }

  /** Everything that was announced, with its time. */
  announced(): readonly { readonly template: TemplateDefinition; readonly at: number }[] {
    return [...this.#templates.values()]
  }

  /** Rates at which packets are sampled, by sampler. */
  samplers(): ReadonlyMap<string, number> {
    return this.#samplers
  }

  /** A sampler takes one packet of so many. */
  noteSampler(name: string, rate: number): void {
    if (this.#samplers.has(name) || this.#samplers.size < mostSamplers)
      this.#samplers.set(name, rate)
  }

  /** The rate a flow was sampled at, by the sampler or interface it names, or the only sampler there is; 0: not known. */
  rateOf({ samplerId, selectorId, ingressInterface }: FlowFields): number {
    const samplers = this.#samplers
    if (samplers.size === 0) return 0
    const [only = 0] = samplers.size === 1 ? samplers.values() : []
    return (
      samplers.get(`s${samplerId ?? selectorId ?? ''}`) ??
      samplers.get(`i${ingressInterface ?? ''}`) ??
      only
    )
  }
}

/** What a record of options says of sampling; undefined: nothing. */
export function samplerOf(fields: FlowFields): { name: string; rate: number } | undefined {
  const rate = Math.round(rateSaid(fields))
  if (!(rate >= 1)) return undefined
  const { samplerId, selectorId, ingressInterface } = fields
  const sampler = samplerId ?? selectorId
  if (sampler === undefined && ingressInterface !== undefined)
    return { name: `i${ingressInterface}`, rate }
  return { name: `s${sampler ?? ''}`, rate }
}

function rateSaid(fields: FlowFields): number {
  const of = (name: string) => Number(fields[name] ?? Number.NaN)
  const said = of('samplingInterval') || of('samplerRandomInterval')
  if (said > 0) return said
  const interval = of('samplingPacketInterval')
  if (interval > 0) return (interval + (of('samplingPacketSpace') || 0)) / interval
  const size = of('samplingSize')
  if (size > 0) return of('samplingPopulation') / size
  return 1 / of('samplingProbability')
}
