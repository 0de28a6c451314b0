import type { RemoteInfo } from 'node:dgram'
import type { Clock } from '@haidang/runtime/clock'
import type { SourceRow } from '../../keep/station-tables.ts'
import { type ExportClock, tellTimes } from '../../parse/flow/flow-times.ts'
import { parseNetflow5 } from '../../parse/flow/netflow5.ts'
import { parseSflow } from '../../parse/flow/sflow.ts'
import { parseTemplateMessage } from '../../parse/flow/template-message.ts'
import { type Unreadable, unreadable } from '../../parse/parsed.ts'
import { type FlowOrigin, type FlowProtocol, flowRecord, refusedRecord } from './flow-record.ts'
import type { SeriesBook } from './series-book.ts'
import {
  type MessageFrom,
  type MessageRead,
  type TemplateReader,
  zoneless,
} from './template-reader.ts'

export interface FlowReaderParts {
  readonly templates: TemplateReader
  readonly series: SeriesBook
  readonly clock: Clock
  /** Told of samples that are no flows: of counters, and of kinds nobody knows. */
  readonly ignored: (kind: 'counters' | 'unknown', samples: number) => void
}

/** Where a message came from; `session`: its connection, whose templates count for it alone. */
export type Peer = Pick<RemoteInfo, 'address' | 'port'> & { readonly session?: string }

/**
 * Makes records of datagrams of NetFlow 5 and 9, IPFIX and sFlow 5, whichever comes: one for each flow or
 * sampled packet, and one for what cannot be read. Watches the numbers exporters give what they send.
 */
export class FlowReader {
  readonly #parts: FlowReaderParts

  constructor(parts: FlowReaderParts) {
    this.#parts = parts
  }

  /** Records of a datagram. Never throws. */
  read(bytes: Buffer, peer: Peer, source: SourceRow): Buffer[] {
    const version = bytes.length < 4 ? -1 : bytes.readUInt16BE(0)
    if (version === 5) return this.#netflow5(bytes, peer, source)
    if (version === 9 || version === 10) return this.#templated(bytes, peer, source)
    if (version === 0 && bytes.readUInt16BE(2) === 5) return this.#sflow(bytes, peer, source)
    const refusal = unreadable('flow.version-unknown', `${bytes.length} octets, version ${version}`)
    return [refuse('unknown', peer, refusal, bytes)]
  }

  #netflow5(bytes: Buffer, peer: Peer, { id }: SourceRow): Buffer[] {
    const message = parseNetflow5(bytes)
    if (!message.ok) return [refuse('netflow5', peer, message, bytes)]
    const { domain, sequence, flows, exportTime } = message.value
    const name = `netflow5 ${peer.address} ${peer.port} ${domain}`
    this.#arrive(name, id, sequence, [flows.length])
    const origin: FlowOrigin = {
      flowProtocol: 'netflow5',
      exporter: zoneless(peer.address),
      exportTime,
      observationDomainId: domain,
    }
    return flows.map((fields) => {
      tellTimes(fields, message.value)
      return flowRecord(origin, fields)
    })
  }

  #templated(bytes: Buffer, peer: Peer, source: SourceRow): Buffer[] {
    const { templates, clock } = this.#parts
    const now = clock.now()
    const message = parseTemplateMessage(bytes)
    if (!message.ok) {
      return [refuse(bytes.readUInt16BE(0) === 9 ? 'netflow9' : 'ipfix', peer, message, bytes)]
    }
    const { protocol, domain, sequence } = message.value
    const from: MessageFrom = {
      source,
      now,
      domain: `${peer.session ?? ''}${protocol} ${peer.address} ${domain}`,
      clock: message.value satisfies ExportClock,
      origin: {
        flowProtocol: protocol,
        exporter: zoneless(peer.address),
        exportTime: message.value.exportTime,
        observationDomainId: domain,
      },
    }
    const read = templates.read(bytes, message.value, from)
    this.#arrive(
      `${protocol} ${peer.address} ${peer.port} ${domain}`,
      source.id,
      sequence,
      countsOf(protocol, read),
    )
    return read.records
  }

  #sflow(bytes: Buffer, peer: Peer, { id }: SourceRow): Buffer[] {
    const { ignored } = this.#parts
    const datagram = parseSflow(bytes)
    if (!datagram.ok) return [refuse('sflow5', peer, datagram, bytes)]
    const { agent, subAgent, packets, counters, unknown } = datagram.value
    if (counters > 0) ignored('counters', counters)
    if (unknown > 0) ignored('unknown', unknown)
    const origin: FlowOrigin = {
      flowProtocol: 'sflow5',
      exporter: zoneless(peer.address),
      ...(agent !== undefined && { agent }),
      observationDomainId: subAgent,
    }
    return packets.map(({ sampler, sequence, fields }) => {
      const name = `sflow5 ${peer.address} ${peer.port} ${agent ?? ''} ${subAgent} ${sampler}`
      this.#arrive(name, id, sequence, [1])
      return flowRecord(origin, fields)
    })
  }

  #arrive(name: string, sourceId: string, number: number, counts: readonly number[] | undefined) {
    this.#parts.series.arrive(name, { sourceId, number, counts, at: this.#parts.clock.now() })
  }
}

/** Version 9 counts messages, IPFIX the records in them. */
function countsOf(protocol: 'netflow9' | 'ipfix', { count, options }: MessageRead) {
  if (protocol === 'netflow9') return count === undefined ? [1] : [1, count]
  return count === undefined ? undefined : [count, count - options]
}

function refuse(
  flowProtocol: FlowProtocol,
  { address }: Peer,
  refusal: Unreadable,
  octets: Buffer,
): Buffer {
  return refusedRecord({ flowProtocol, exporter: zoneless(address) }, refusal, octets)
}
