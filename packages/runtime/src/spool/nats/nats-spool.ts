/*
 * The spool in a JetStream stream. Its frames, segments, positions and cuts are those of the spool on
 * disk; where that has files, this has messages, each a stretch of bytes of a segment. What holds at all
 * times:
 *
 *  1. An entry is acknowledged after the broker acknowledged the message in which its frame ends.
 *  2. A position is (segment, byte), never a number of the broker: every start opens a new segment, above
 *     all numbers known, so positions stay true even where a stream is lost and made anew.
 *  3. A start is written before anything else, and every message expects the one before it: of two
 *     processes of one node only the younger can write.
 *  4. Cuts are messages, too: a node that lost its disk and kept its database reads the same ranges.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { Problem } from '../../problem.ts'
import { CutBook, recordsIn } from '../cut-book.ts'
import { LogSpool } from '../log-spool.ts'
import type { Cuts, SpoolLosses } from '../segment-log.ts'
import type { FoundEntry, Spool, SpoolPosition } from '../spool.ts'
import { type SpoolLimits, spoolLimits } from '../spool-limits.ts'
import type { BusStream } from './bus-stream.ts'
import type { PublisherTimes } from './ordered-publisher.ts'
import { nextSegment, StreamScan } from './scan-stream.ts'
import { encodeMessage } from './stream-message.ts'
import { StreamSegments } from './stream-segments.ts'
import { whileElecting } from './while-electing.ts'

export interface StreamSpoolParts {
  readonly stream: BusStream
  /** Part of every token; different for every spool whose ranges meet in one store, the same after a restart. */
  readonly name: string
  readonly clock: Clock
  readonly log: Log
  /** The checkpoint of the reader: what lies below is done. */
  readonly after?: SpoolPosition
  readonly limits?: Partial<SpoolLimits>
  /** Told of every entry that waits at the start, in order. */
  readonly found?: (entry: FoundEntry) => void
  readonly times?: Partial<PublisherTimes>
}

export interface StreamSpool extends Spool {
  losses(): SpoolLosses
}

const startAttempts = 20

/** Takes over the stream of this spool, reads what waits in it, rebuilds keys and counts. */
export async function openStreamSpool(parts: StreamSpoolParts): Promise<StreamSpool> {
  const { stream, name, clock, log, after } = parts
  const writer = randomUUID()
  const scan = new StreamScan(parts)
  const next = await takeOver(scan, parts, writer)
  const { tornBytes, damagedBytes } = scan
  if (tornBytes + damagedBytes > 0)
    log.warn({ tornBytes, damagedBytes }, 'the spool had unreadable bytes')
  const limits = spoolLimits(parts.limits)
  const segments = new StreamSegments({
    stream,
    clock,
    log,
    writer,
    next,
    found: scan.segments,
    last: scan.lastSequence,
    segmentBytes: limits.segmentBytes,
    ...(parts.times && { times: parts.times }),
  })
  const spool = new LogSpool({
    name,
    clock,
    log,
    limits,
    segments,
    cuts: cutsIn(segments, scan),
    room: {
      spare: Number.POSITIVE_INFINITY,
      get shortage() {
        return segments.refusal
      },
    },
    losses: { tornBytes, damagedBytes },
  })
  if (after) await whileElecting(log, () => spool.release(after))
  return spool
}

/** Writes a start behind all that is there; answers the number of the first segment of this life. */
async function takeOver(
  scan: StreamScan,
  { stream, after, log }: StreamSpoolParts,
  writer: string,
): Promise<number> {
  await whileElecting(log, () => scan.advance())
  let words = ''
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    const segment = nextSegment(scan, after)
    const start = encodeMessage({ kind: 'start', segment, from: 0, to: 0, records: 0 })
    const id = `${writer}:start:${segment}`
    const answer = await stream.publish(start, id, scan.lastSequence)
    // Another process may have written, or the answer is lost: the stream says which.
    await whileElecting(log, () => scan.advance())
    if (scan.lastId === id) return segment
    words = answer.kind === 'stored' ? 'the start is not read back' : answer.reason
    await pause(10 * attempt)
  }
  throw new Problem('ingest.bus-unreachable', `the stream takes no writes: ${words}`)
}

function cutsIn(segments: StreamSegments, scan: StreamScan): Cuts {
  const kept = new Set(scan.segments.map(({ number }) => number))
  const book = new CutBook(scan.cuts.filter(({ segment }) => kept.has(segment)))
  return {
    find: (segment, from) => book.find(segment, from),
    add: async (cut) => {
      await segments.cut(cut)
      book.add(cut)
    },
    release: async (segment, offset) => recordsIn(book.release(segment, offset)),
    close: async () => undefined,
  }
}
