import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CollectorKind } from '@haidang/contracts/source'
import {
  captureFlows,
  datagramsForNobody,
  type ExportVersion,
  exportCapture,
  flowsIn,
  replayFlows,
} from './flow-tools.ts'
import { writeTraffic } from './flow-traffic.ts'
import { freePorts } from './harness/free-ports.ts'
import { until } from './harness/until.ts'
import { rowsOfStopped, type StartedStation, startStation } from './start-station.ts'

/** What became of the flows of one sender. */
export interface FlowDelivery {
  readonly sender: string
  readonly sent: number
  readonly sentBytes: number
  /** Events in the store, how many different flows they are of, and their bytes. */
  readonly events: number
  readonly numbers: number
  readonly bytes: number
  /** As the API shows the source's counters; of version 9 messages are counted as dropped, else flows. */
  readonly parsed: number
  readonly rejected: number
  readonly dropped: number
}

type Port = Extract<CollectorKind, 'netflow' | 'ipfix' | 'sflow'>

interface Course {
  readonly tool: 'softflowd' | 'nfreplay'
  readonly version: ExportVersion
  /** Every port reads every protocol, so that each version has a source, and counters, of its own. */
  readonly port: Port
  /** Flows are of 10.PART.0.0/16. */
  readonly part: number
}

const softflowds: readonly Course[] = [
  { tool: 'softflowd', version: 5, port: 'netflow', part: 1 },
  { tool: 'softflowd', version: 10, port: 'ipfix', part: 2 },
  { tool: 'softflowd', version: 9, port: 'sflow', part: 3 },
]
const nfreplays: Readonly<Record<5 | 9, Course>> = {
  5: { tool: 'nfreplay', version: 5, port: 'netflow', part: 4 },
  9: { tool: 'nfreplay', version: 9, port: 'sflow', part: 5 },
}

/** Flows of one run of softflowd: what it sends at once finds room in the kernel's buffer. */
const perRun = 3000
const perDatagram = 30
/** Microseconds nfreplay takes for everything, so that there is time for a kill in the middle. */
const replayTakes = 20_000_000
const patience = 120_000
/** Datagrams nfreplay sends at least while nobody listens. */
const leastLost = 5

/**
 * softflowd exports so many flows in each of three versions, a run at a time, with an orderly restart of the node after
 * the first; then nfreplay sends as many in each of the versions named, and the node is killed and started again
 * while it sends.
 */
export async function deliverFlows(
  flows: number,
  replayed: readonly (5 | 9)[],
): Promise<FlowDelivery[]> {
  await using station = await startFlowStation()
  const tracks = new Map<Course, Track>()
  for (let from = 0; from < flows; from += perRun) {
    const count = Math.min(perRun, flows - from)
    for (const course of softflowds) {
      const track = tracks.get(course) ?? (await trackOf(station, course))
      tracks.set(course, track)
      await exportRun(station, track, from, count)
    }
    if (from === 0) await restart(station)
  }
  for (const track of tracks.values()) await track.close()
  for (const version of replayed) {
    const track = await trackOf(station, nfreplays[version])
    tracks.set(track.course, track)
    await replay(station, track, flows)
    await track.close()
  }
  await station.node.stop()
  const rows = await storedFlows(station.node.directory)
  return [...tracks.values()].map(({ course, sent, counters }) => ({
    sender: `${course.tool} ${course.version}`,
    sent: sent.flows,
    sentBytes: sent.bytes,
    ...(rows.get(course.part) ?? { events: 0, numbers: 0, bytes: 0 }),
    ...counters(),
  }))
}

interface FlowStation extends StartedStation {
  readonly flowPorts: Readonly<Record<Port, number>>
  /** For captures. */
  readonly directory: string
}

async function startFlowStation(): Promise<FlowStation> {
  const [netflow = 0, ipfix = 0, sflow = 0] = await freePorts(3)
  const station = await startStation({
    sources: softflowds.map(({ port }) => ({ name: port, collector: port })),
    station: { netflow_port: netflow, ipfix_port: ipfix, sflow_port: sflow },
  })
  const directory = join(station.node.directory, '../flows')
  await mkdir(directory)
  return { ...station, flowPorts: { netflow, ipfix, sflow }, directory }
}

interface Counters {
  readonly parsed: number
  readonly rejected: number
  readonly dropped: number
}

/** What was sent on a course, and what its source counted since. */
interface Track {
  readonly course: Course
  readonly sent: { flows: number; bytes: number }
  /** Now, since the course began. */
  look(): Promise<Counters>
  /** The last look counts. */
  close(): Promise<void>
  counters(): Counters
}

async function trackOf(station: FlowStation, course: Course): Promise<Track> {
  const before = (await station.source(course.port)).counters
  let last: Counters = { parsed: 0, rejected: 0, dropped: 0 }
  const look = async () => {
    const { parsed, rejected, dropped } = (await station.source(course.port)).counters
    last = {
      parsed: parsed - before.parsed,
      rejected: rejected - before.rejected,
      dropped: dropped - before.dropped,
    }
    return last
  }
  const close = async () => void (await look())
  return { course, sent: { flows: 0, bytes: 0 }, look, close, counters: () => last }
}

async function exportRun(
  station: FlowStation,
  track: Track,
  from: number,
  count: number,
): Promise<void> {
  const { course } = track
  const capture = await writeRun(station.directory, track, from, count)
  await exportCapture(capture, course.version, station.flowPorts[course.port])
  await settled(track)
}

async function writeRun(
  directory: string,
  { course, sent }: Track,
  from: number,
  count: number,
): Promise<string> {
  const capture = join(directory, `${course.part}-${from}.pcap`)
  const traffic = await writeTraffic(capture, { first: (course.part << 16) + from, flows: count })
  sent.flows += traffic.flows
  sent.bytes += traffic.bytes
  return capture
}

async function replay(station: FlowStation, track: Track, flows: number): Promise<void> {
  const { part, port, version } = track.course
  const directory = join(station.directory, `nfcapd-${part}`)
  const file = await captureFlows(directory, async (to) => {
    for (let from = 0; from < flows; from += perRun) {
      const count = Math.min(perRun, flows - from)
      await exportCapture(await writeRun(station.directory, track, from, count), 9, to)
    }
  })
  // nfcapd may itself have lost some.
  Object.assign(track.sent, await flowsIn(file))
  const every = Math.round(replayTakes / (flows / perDatagram))
  const to = { port: station.flowPorts[port], version: version === 5 ? 5 : 9, every } as const
  const sending = replayFlows(file, to)
  const isPartThere = async () => (await track.look()).parsed > flows / 10
  await until('a part to be there', patience, isPartThere)
  const before = datagramsForNobody()
  const killed = station.node.kill('main')
  await until('some to be lost', patience, () => datagramsForNobody() >= before + leastLost)
  sending.hold()
  await killed
  await station.node.untilReady()
  sending.goOn()
  await sending.done
  await settled(track)
}

async function restart({ node }: StartedStation): Promise<void> {
  await node.stop()
  await node.start()
  await node.untilReady()
}

/** Waits until everything is stored or counted as lost. */
async function settled(track: Track): Promise<void> {
  const { course, sent } = track
  const what = `${course.tool} ${course.version}: ${sent.flows} flows to be stored or counted`
  await until(what, patience, async () => {
    const { parsed, rejected, dropped } = await track.look()
    return (
      parsed + rejected + (course.version === 9 ? dropped * perDatagram : dropped) >= sent.flows
    )
  })
}

async function storedFlows(directory: string) {
  const address = `JSONExtractString(raw_data, 'sourceIPv4Address')`
  const rows = await rowsOfStopped<
    Record<'part' | 'events' | 'numbers' | 'bytes', string | number>
  >(
    directory,
    `select splitByChar('.', ${address})[2] as part, count() as events, uniqExact(${address}) as numbers,
       sum(JSONExtractUInt(raw_data, 'octetDeltaCount')) as bytes
     from event where ${address} != '' group by part`,
  )
  return new Map(
    rows.map(({ part, events, numbers, bytes }) => [
      Number(part),
      { events: Number(events), numbers: Number(numbers), bytes: Number(bytes) },
    ]),
  )
}
