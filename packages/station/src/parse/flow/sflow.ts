import { type Parsed, parsed, unreadable } from '../parsed.ts'
import { addressAt, sampledFields } from './sflow-records.ts'
import type { FlowFields } from './template.ts'

/** One packet that was sampled. */
export interface PacketSample {
  /** What took the sample: kind and index; its samples are counted. */
  readonly sampler: string
  readonly sequence: number
  readonly fields: FlowFields
}

/** A datagram of sFlow version 5 (sflow.org, `sflow_version_5.txt`). */
export interface SflowDatagram {
  /** Address the device gives itself. */
  readonly agent: string | undefined
  readonly subAgent: number
  readonly uptime: number
  readonly packets: readonly PacketSample[]
  /** Samples of counters, and of kinds nobody knows: not read. */
  readonly counters: number
  readonly unknown: number
}

const mostSamples = 1024
const flowSample = 1
const counterSample = 2
const expandedFlowSample = 3
const expandedCounterSample = 4

/** Reads a datagram whose first octets say sFlow version 5. Reason: `flow.malformed`. */
export function parseSflow(bytes: Buffer): Parsed<SflowDatagram> {
  const agent = addressAt(bytes, 4)
  if (agent === undefined || agent.next + 16 > bytes.length) return malformed('no whole header')
  const at = agent.next
  const count = bytes.readUInt32BE(at + 12)
  if (count > mostSamples) return malformed(`${count} samples said`)
  const samples = samplesOf(bytes, at + 16, count)
  if (typeof samples === 'string') return malformed(samples)
  return parsed({
    agent: agent.address,
    subAgent: bytes.readUInt32BE(at),
    uptime: bytes.readUInt32BE(at + 8),
    ...samples,
  })
}

function malformed(detail: string) {
  return unreadable('flow.malformed', detail)
}

interface Samples {
  readonly packets: PacketSample[]
  counters: number
  unknown: number
}

function samplesOf(bytes: Buffer, from: number, count: number): Samples | string {
  const samples: Samples = { packets: [], counters: 0, unknown: 0 }
  let at = from
  for (let index = 1; index <= count; index++) {
    if (at + 8 > bytes.length) return `sample ${index} of ${count} is missing`
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    if (end > bytes.length) return `sample ${index} passes the end`
    if (!addSample(samples, bytes.readUInt32BE(at), bytes.subarray(at + 8, end))) {
      return `sample ${index} is too short`
    }
    at = end
  }
  return samples
}

/** False: it is a flow sample, and too short for one. */
function addSample(samples: Samples, format: number, body: Buffer): boolean {
  if (format === flowSample || format === expandedFlowSample) {
    const sample = packetSample(body, format === expandedFlowSample)
    if (sample === undefined) return false
    samples.packets.push(sample)
  } else if (format === counterSample || format === expandedCounterSample) samples.counters++
  else samples.unknown++
  return true
}

/** Where the two notations of a flow sample have their members. */
const plain = { size: 32, rate: 8, pool: 12, drops: 16, input: 20, output: 24, records: 28 }
const expanded = { size: 44, rate: 12, pool: 16, drops: 20, input: 28, output: 36, records: 40 }

function packetSample(body: Buffer, isExpanded: boolean): PacketSample | undefined {
  const places = isExpanded ? expanded : plain
  if (body.length < places.size) return undefined
  const source = body.readUInt32BE(4)
  const kind = isExpanded ? source : source >>> 24
  const index = isExpanded ? body.readUInt32BE(8) : source & 0xff_ffff
  const input = interfaceAt(body, places.input, isExpanded)
  const output = interfaceAt(body, places.output, isExpanded)
  const count = body.readUInt32BE(places.records)
  return {
    sampler: `${kind}:${index}`,
    sequence: body.readUInt32BE(0),
    fields: {
      ...sampledFields(body.subarray(places.size), count),
      samplingInterval: body.readUInt32BE(places.rate),
      ...(input !== undefined && { ingressInterface: input }),
      ...(output !== undefined && { egressInterface: output }),
    },
  }
}

const unknownInterface = 0x3fff_ffff

/** Index of a single interface; a dropped packet or several outputs have none. */
function interfaceAt(body: Buffer, at: number, isExpanded: boolean): number | undefined {
  const word = body.readUInt32BE(at)
  const kind = isExpanded ? body.readUInt32BE(at - 4) : word >>> 30
  const index = isExpanded ? word : word & unknownInterface
  return kind === 0 && index !== unknownInterface && index !== 0xffff_ffff ? index : undefined
}
