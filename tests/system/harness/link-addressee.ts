import { setTimeout as pause } from 'node:timers/promises'
import { Envelope } from '@haidang/contracts/link'
import type { LadderStep } from '@haidang/contracts/order'
import type { OrderStep } from '@haidang/contracts/order-envelope'
import type { ConformanceTarget } from '@haidang/link/conformance/conformance-target'
import { Probe } from '@haidang/link/conformance/probe'
import { systemClock } from '@haidang/runtime/clock'
import { idsFrom, newUuid } from '@haidang/runtime/ids'
import { joinedProbe, type ProbePlace } from './joined-probe.ts'

const newId = idsFrom(systemClock)
/** Seconds of a long poll. */
const wait = 25

/**
 * An organisation that speaks nothing but the link, by the client of the conformance kit: it takes an order off its
 * stream and says every step in a signed envelope of its own, again until the centre says that it is stored.
 */
export class LinkAddressee {
  readonly organisationId: string
  readonly #target: ConformanceTarget
  readonly #probe: Probe

  /** Joins over the wire and waits until an officer has approved it. */
  static async join(place: ProbePlace): Promise<LinkAddressee> {
    return new LinkAddressee(await joinedProbe(place))
  }

  private constructor(target: ConformanceTarget) {
    this.#target = target
    this.#probe = new Probe(target)
    this.organisationId = target.organisation_id
  }

  /** Waits for the order on the stream and takes every step of it, in turn. */
  async climb(orderId: string, steps: readonly LadderStep[], signal: AbortSignal): Promise<void> {
    await again(signal, () => this.#arrived(orderId))
    for (const step of steps) {
      const envelope = await this.#target.signer.sign(this.#said(orderId, step))
      const line = JSON.stringify(envelope)
      // A number is taken from what the centre holds: what it stored before it was killed is not sent again.
      await again(signal, async () => {
        const next = (await this.#probe.watermark('messages')) + 1
        return (await this.#probe.batch('messages', next, next, line)).stored === next
      })
    }
  }

  close(): void {
    this.#probe.close()
  }

  async #arrived(orderId: string): Promise<boolean> {
    const path = `/link/v1/streams/messages?after=0&wait=${wait}`
    const call = { method: 'GET', path, timeout: (wait + 15) * 1_000 } as const
    const { text } = await this.#probe.call(call)
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Envelope.safeParse(JSON.parse(line)).data)
      .some((envelope) => envelope?.type === 'order.issued' && envelope.subject === orderId)
  }

  #said(orderId: string, step: LadderStep) {
    const { node_id, organisation_id, parent_organisation_id } = this.#target
    const time = systemClock.iso()
    const data: OrderStep = {
      order_id: orderId,
      entry: {
        id: newId('step'),
        step,
        time,
        actor_name: 'Trực ban của đơn vị',
        via: 'link',
        note: '',
        results: step === 'completed' ? [{ action_id: 'a1', outcome: 'done', note: '' }] : [],
        evidence: [],
        version: 1,
        help: false,
        proof: null,
      },
      files: [],
    }
    const type = `order.${step}`
    return {
      specversion: '1.0' as const,
      id: newUuid(systemClock),
      source: `urn:haidang:node:${node_id}`,
      type,
      subject: orderId,
      time,
      datacontenttype: 'application/json' as const,
      dataschema: `urn:haidang:envelope:${type}:1`,
      tlp: 'amber' as const,
      from: organisation_id,
      to: parent_organisation_id,
      correlation: orderId,
      exercise: true,
      data,
    }
  }
}

/** Until it is true; what fails meanwhile, as when the centre is dead, is tried again a little later. */
async function again(signal: AbortSignal, attempt: () => Promise<boolean>): Promise<void> {
  while (!(await attempt().catch(() => false))) await pause(500, undefined, { signal })
}
