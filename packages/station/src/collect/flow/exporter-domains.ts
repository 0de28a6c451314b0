import {
  compileTemplate,
  type FlowFields,
  type Template,
  type TemplateDefinition,
} from '../../parse/flow/template.ts'
import { type Parsed, parsed, unreadable } from '../../parse/parsed.ts'
import { ExporterDomain, samplerOf } from './exporter-domain.ts'
import type { Note } from './exporter-journal.ts'

const mostDomains = 1024
/** Fields of all templates together. */
const mostFields = 200_000
/** Who was silent so long makes room for another; who was not stays, however many others appear. */
const idle = 600_000
/** What is announced again is written down again only so often. */
const noteEvery = 600_000

/** What exporters said of their records, each in its observation domains; bounded, and what is full refuses newcomers. */
export class ExporterDomains {
  readonly #domains = new Map<string, ExporterDomain>()
  readonly #note: (note: Note) => void
  readonly #templateLife: number | undefined
  #fields = 0

  /**
   * `note` is given whatever must be known after a restart; `templateLife`: milliseconds a template counts,
   * unless as long as is usual over UDP.
   */
  constructor(note: (note: Note) => void, templateLife?: number) {
    this.#note = note
    this.#templateLife = templateLife
  }

  /** The domain of this name, a new one if there is room; undefined: there is none. */
  of(name: string, now: number): ExporterDomain | undefined {
    const known = this.#domains.get(name)
    if (known === undefined && !this.#hasRoom(now)) return undefined
    const domain = known ?? new ExporterDomain(this.#templateLife)
    domain.lastAt = now
    if (known === undefined) this.#domains.set(name, domain)
    return domain
  }

  /**
   * Takes a template into the domain, in the place of what had its number. Reasons: `flow.template-invalid`,
   * `flow.templates-too-many`.
   */
  announce(
    name: string,
    definition: TemplateDefinition,
    now: number,
  ): Parsed<Template | undefined> {
    const domain = this.of(name, now)
    if (domain === undefined) return tooMany(definition)
    if (domain.isKnown(definition)) {
      if (domain.renew(definition.id, now) > noteEvery)
        this.#note(['template', name, now, definition])
      return parsed(undefined)
    }
    const template = compileTemplate(definition)
    if (!template.ok) return template
    const isFull = this.#fields + definition.fields.length > mostFields
    if (isFull || !domain.hasRoom(definition.id)) return tooMany(definition)
    const before = domain.weight
    domain.announce(template.value, now)
    this.#fields += domain.weight - before
    this.#note(['template', name, now, definition])
    return template
  }

  /** A template counts no more; 2 and 3 mean all of a kind. */
  withdraw(name: string, templateId: number): void {
    const domain = this.#domains.get(name)
    if (domain === undefined) return
    const before = domain.weight
    domain.withdraw(templateId)
    this.#fields += domain.weight - before
  }

  /** Forgets the domains whose names begin so. */
  forget(prefix: string): void {
    for (const [name, domain] of this.#domains) {
      if (!name.startsWith(prefix)) continue
      this.#fields -= domain.weight
      this.#domains.delete(name)
    }
  }

  /** Takes what a record of options says: of sampling, and when the exporter was started. */
  takeOptions(name: string, fields: FlowFields, now: number): void {
    const sampler = samplerOf(fields)
    if (sampler) this.sample(name, sampler.name, sampler.rate, now)
    const boot = fields['systemInitTimeMilliseconds']
    if (typeof boot === 'number') this.boot(name, boot, now)
  }

  /** A sampler of the domain takes one packet of so many. */
  sample(name: string, sampler: string, rate: number, now: number): void {
    const domain = this.of(name, now)
    if (domain === undefined || domain.samplers().get(sampler) === rate) return
    domain.noteSampler(sampler, rate)
    this.#note(['sampler', name, now, sampler, rate])
  }

  /** The exporter was started at this time by its clock. */
  boot(name: string, bootTime: number, now: number): void {
    const domain = this.of(name, now)
    if (domain === undefined || domain.bootTime === bootTime) return
    domain.bootTime = bootTime
    this.#note(['boot', name, now, bootTime])
  }

  /** Forgets templates that were not announced for long, and domains with nothing left to know. */
  forgetOld(now: number): void {
    this.#fields = 0
    for (const [name, domain] of this.#domains) {
      domain.forgetOld(now)
      this.#fields += domain.weight
      if (domain.weight === 0 && now - domain.lastAt > idle) this.#domains.delete(name)
    }
  }

  /** Everything that must be known after a restart. */
  *notes(): Generator<Note> {
    for (const [name, domain] of this.#domains) {
      for (const { template, at } of domain.announced()) {
        const { id, fields, scopes } = template
        yield ['template', name, at, { id, fields, scopes }]
      }
      for (const [sampler, rate] of domain.samplers()) {
        yield ['sampler', name, domain.lastAt, sampler, rate]
      }
      if (domain.bootTime !== undefined) yield ['boot', name, domain.lastAt, domain.bootTime]
    }
  }

  #hasRoom(now: number): boolean {
    if (this.#domains.size < mostDomains) return true
    for (const [name, domain] of this.#domains) {
      if (now - domain.lastAt <= idle) continue
      this.#fields -= domain.weight
      this.#domains.delete(name)
      return true
    }
    return false
  }
}

function tooMany({ id }: TemplateDefinition) {
  return unreadable('flow.templates-too-many', `no room for template ${id}`)
}
