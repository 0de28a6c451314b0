import type { CollectorKind } from '@haidang/contracts/source'
import type { SourceRow } from '../keep/station-tables.ts'
import { appendDurably } from './append-durably.ts'
import { keptOfLongRecord, longestRecord } from './collector.ts'
import type { HeldBytes } from './held-bytes.ts'
import { type Intake, sizeOf } from './intake.ts'
import type { SplitLine } from './line-splitter.ts'
import { socketBytes } from './socket-bytes.ts'
import type { SourceBook } from './source-book.ts'
import type { StreamPeer } from './stream-peer.ts'
import { SyslogFraming } from './syslog-framing.ts'

export interface SyslogStreamParts {
  readonly intake: Intake
  /** The source of a peer's records; undefined: nobody's. */
  readonly sourceOf: (peer: StreamPeer) => SourceRow | undefined
  readonly held: HeldBytes
}

/** Bytes of a begun message that are worth a turn of their own. */
const large = 65_536
/** What a socket reads ahead at most while what came before is taken in: who holds much is charged with it. */
const readAhead = 65_536

/**
 * Reads syslog from a stream (RFC 6587, RFC 5425), no faster than its records become durable: while an append
 * waits, the socket is paused and TCP holds the sender back. Throws ProtocolError where messages begun on all
 * connections together hold too much; the beginning is kept.
 */
export async function readSyslog(
  peer: StreamPeer,
  parts: SyslogStreamParts,
  signal: AbortSignal,
): Promise<void> {
  const framing = new SyslogFraming(longestRecord, keptOfLongRecord)
  const account = parts.held.account()
  peer.readsOut = true
  try {
    for await (const chunk of socketBytes(peer.socket)) {
      const found = framing.push(chunk)
      if (found.length > 0) peer.record.clear()
      await keep(found, peer, parts, signal)
      peer.record.begun(framing.pending)
      account.set(framing.held < large ? framing.held : framing.held + readAhead)
    }
  } finally {
    peer.record.clear()
    await finish(framing, peer, parts, signal).finally(account.release)
  }
}

/** Keeps what is left when the connection ended within a message. */
async function finish(
  framing: SyslogFraming,
  peer: StreamPeer,
  parts: SyslogStreamParts,
  signal: AbortSignal,
): Promise<void> {
  const keepLast = async () => {
    const last = framing.end()
    if (last) await keep([last], peer, parts, signal)
  }
  if (framing.held < large) await keepLast()
  else await parts.held.inTurn(keepLast)
}

/** The source of a peer by what its certificate proved or the address it sends from. */
export function sourceByPeer(
  book: SourceBook,
  collector: CollectorKind,
): (peer: StreamPeer) => SourceRow | undefined {
  return ({ address, names }) => book.route(collector, address, names)
}

async function keep(
  found: readonly SplitLine[],
  peer: StreamPeer,
  { intake, sourceOf }: SyslogStreamParts,
  signal: AbortSignal,
): Promise<void> {
  const lines = found.filter(({ bytes }) => bytes.length > 0)
  if (lines.length === 0) return
  const source = sourceOf(peer)
  if (!source) return
  if (source.paused) return intake.drop(source.id, lines.length)
  const mayDrop = intake.gate.policy(source) === 'drop-newest'
  if (mayDrop && !isLet(source, lines, intake)) return intake.drop(source.id, lines.length)
  const from = { sourceId: source.id, sender: peer.address, isCharged: mayDrop }
  if (!(await appendDurably(intake, from, lines, signal))) intake.drop(source.id, lines.length)
}

/** Whether records of a source that rather loses its newest than hold its sender back get in now; it is charged. */
function isLet({ id }: SourceRow, lines: readonly SplitLine[], { gate }: Intake): boolean {
  const bytes = sizeOf(lines.map((line) => line.bytes))
  return !gate.isFull && gate.tryEnter(id, lines.length, bytes) === undefined
}
