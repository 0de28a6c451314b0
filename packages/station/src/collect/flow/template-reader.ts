import type { SourceRow } from '../../keep/station-tables.ts'
import { type ExportClock, tellTimes } from '../../parse/flow/flow-times.ts'
import { type FlowFields, recordAt, type Template } from '../../parse/flow/template.ts'
import {
  type FlowSet,
  parseTemplates,
  type TemplateMessage,
} from '../../parse/flow/template-message.ts'
import { type Unreadable, unreadable } from '../../parse/parsed.ts'
import type { ExporterDomains } from './exporter-domains.ts'
import { type FlowOrigin, flowRecord, refusedRecord } from './flow-record.ts'
import type { HeldSet, HeldSets } from './held-sets.ts'

/** Whose message it is, and when it came. */
export interface MessageFrom {
  readonly source: SourceRow
  /** Name of exporter and observation domain, whose templates count. */
  readonly domain: string
  readonly origin: FlowOrigin
  readonly clock: ExportClock
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What a message holds. */
export interface MessageRead {
  readonly records: Buffer[]
  /** Records of any kind that were in it; undefined: some could not be counted. */
  readonly count: number | undefined
  /** Of those, what says something of others. */
  readonly options: number
}

interface Reading extends MessageFrom {
  readonly bytes: Buffer
  readonly records: Buffer[]
  count: number
  options: number
  isCounted: boolean
}

const firstDataSet = 256
/** Records of one message: what they become is many times longer than they are. */
const mostRecords = 4096

/** Reads messages of NetFlow version 9 and IPFIX by the templates their exporter announced. */
export class TemplateReader {
  readonly #domains: ExporterDomains
  readonly #held: HeldSets | undefined

  /**
   * Without `held` messages come in the order they were sent: nothing waits for its template, and templates can
   * be withdrawn.
   */
  constructor(domains: ExporterDomains, held?: HeldSets) {
    this.#domains = domains
    this.#held = held
  }

  /** Records of a message, and of messages before that waited for templates it announces. Never throws. */
  read(bytes: Buffer, { sets, protocol }: TemplateMessage, from: MessageFrom): MessageRead {
    const reading: Reading = { ...from, bytes, records: [], count: 0, options: 0, isCounted: true }
    for (const set of sets) {
      if (set.id >= firstDataSet) this.#readData(reading, set)
      else this.#readTemplates(reading, set, protocol)
    }
    const { records, count, options, isCounted } = reading
    return { records, count: isCounted ? count : undefined, options }
  }

  /** What waited too long, by its source and exporter; without a time, everything that waits. */
  giveUp(now?: number): { readonly source: SourceRow; readonly sender: string; record: Buffer }[] {
    return (this.#held?.takeOverdue(now) ?? []).map((held) => ({
      source: held.source,
      sender: held.origin.exporter,
      record: withoutTemplate(held),
    }))
  }

  #readTemplates(reading: Reading, set: FlowSet, protocol: TemplateMessage['protocol']): void {
    const announced = parseTemplates(reading.bytes, set, protocol)
    if (announced === undefined) return
    if (!announced.ok) {
      refuse(reading, announced, set)
      return
    }
    // Over UDP withdrawals do not count: nobody may send any (RFC 7011, 8.4).
    if (this.#held === undefined) {
      for (const id of announced.value.withdrawn) this.#domains.withdraw(reading.domain, id)
    }
    for (const definition of announced.value.templates) {
      const template = this.#domains.announce(reading.domain, definition, reading.now)
      if (!template.ok) refuse(reading, template, set)
      else if (template.value !== undefined) this.#readHeld(reading, template.value)
    }
  }

  #readHeld(reading: Reading, template: Template): void {
    for (const { origin, clock, body } of this.#held?.take(reading.domain, template.id) ?? []) {
      const before: Reading = { ...reading, origin, clock, bytes: body, count: 0 }
      this.#readRecords(before, template, { id: template.id, from: 0, end: body.length })
    }
  }

  #readData(reading: Reading, set: FlowSet): void {
    const { domain, now } = reading
    const template = this.#domains.of(domain, now)?.template(set.id, now)
    if (template !== undefined) {
      this.#readRecords(reading, template, set)
      return
    }
    reading.isCounted = false
    const unread: HeldSet = {
      source: reading.source,
      origin: { ...reading.origin, templateId: set.id },
      clock: reading.clock,
      body: reading.bytes.subarray(set.from, set.end),
      at: now,
    }
    const gone = this.#held ? this.#held.hold(domain, unread) : [unread]
    for (const held of gone) reading.records.push(withoutTemplate(held))
  }

  #readRecords(reading: Reading, template: Template, set: FlowSet): void {
    const { bytes } = reading
    let at = set.from
    // Less than the shortest record is padding.
    while (at + template.shortest <= set.end) {
      const record = recordAt(template, bytes, at, set.end)
      if (record === undefined || reading.count >= mostRecords) {
        reading.isCounted = false
        const detail = `template ${template.id}: record ${reading.count + 1} at ${at - set.from} of ${set.end - set.from}`
        refuse(reading, unreadable('flow.malformed', detail), { ...set, from: at })
        return
      }
      reading.count++
      at = record.next
      this.#take(reading, template, record.fields)
    }
  }

  #take(reading: Reading, template: Template, fields: FlowFields): void {
    const { domain, now, clock, origin, records } = reading
    if (template.scopes > 0) {
      reading.options++
      this.#domains.takeOptions(domain, fields, now)
      return
    }
    const bootTime = clock.bootTime ?? this.#domains.of(domain, now)?.bootTime
    tellTimes(fields, { ...clock, bootTime })
    const rate = fields['samplingInterval'] ?? this.#domains.of(domain, now)?.rateOf(fields) ?? 0
    if (Number(rate) > 1) fields['samplingInterval'] = rate
    records.push(flowRecord({ ...origin, templateId: template.id }, fields))
  }
}

function refuse({ origin, bytes, records }: Reading, why: Unreadable, set: FlowSet): void {
  records.push(refusedRecord(origin, why, bytes.subarray(set.from, set.end)))
}

function withoutTemplate({ origin, body }: HeldSet): Buffer {
  const detail = `template ${origin.templateId} of domain ${origin.observationDomainId} was not announced in time`
  return refusedRecord(origin, { reason: 'flow.template-unknown', detail }, body)
}

/** An address without the IPv4-in-IPv6 prefix and the name of an interface. */
export function zoneless(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, '')
}
