import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { Problem } from '@haidang/runtime/problem'
import type { Bus } from '@haidang/runtime/spool/nats/connect-bus'
import { openStreamSpool } from '@haidang/runtime/spool/nats/nats-spool'
import { NatsStream } from '@haidang/runtime/spool/nats/nats-stream'
import { openSegmentSpool } from '@haidang/runtime/spool/segment-spool'
import type { Spool, SpoolPosition } from '@haidang/runtime/spool/spool'
import type { OpenSpool } from '@haidang/station/collect/open-door'

interface SpoolWiring {
  readonly bus: Bus | undefined
  readonly replicas: number | undefined
  /** Name of the spool: the node's id. */
  readonly name: string
  /** Bytes that may wait, and bytes of the disk that stay free. */
  readonly bytes: number
  readonly reserveBytes: number
  readonly dataDirectory: string
  readonly clock: Clock
  readonly log: Log
}

/** Room of the stream beside what may wait: cuts, and what the broker adds to every message. */
const beside = { share: 1.25, bytes: 64 * 1024 * 1024 }

/**
 * The spool of this node: on its disk, or in a stream of its own where there is a bus. What waits in the one is
 * not seen by the other, so neither opens while something waits there: Problem configuration.invalid says what to do.
 */
export function spoolOpener(wiring: SpoolWiring): OpenSpool {
  const { bus, replicas, name, bytes, reserveBytes, dataDirectory, clock, log } = wiring
  const directory = join(dataDirectory, 'spool')
  const inUse = join(dataDirectory, 'spool-in-nats')
  return async (after, found) => {
    const common = { name, clock, log, found, ...(after && { after }) }
    if (!bus) {
      if (existsSync(inUse)) throw stillInNats(name, inUse)
      return openSegmentSpool({ ...common, directory, limits: { bytes, reserveBytes } })
    }
    if (existsSync(directory)) await refuseWaiting(wiring, directory, after)
    const room = Math.ceil(bytes * beside.share) + beside.bytes
    const stream = await NatsStream.open({ bus, log, name, replicas, bytes: room })
    await mkdir(dataDirectory, { recursive: true })
    await writeFile(inUse, 'records of this node wait in NATS\n')
    const spool = await openStreamSpool({ ...common, stream, limits: { bytes } })
    return endingWith(spool, () => rm(inUse, { force: true }))
  }
}

/** The spool itself, and something done when it is closed with nothing left in it. */
function endingWith(spool: Spool, done: () => Promise<void>): Spool {
  return {
    append: (entry) => spool.append(entry),
    cut: (from, signal) => spool.cut(from, signal),
    release: (position) => spool.release(position),
    keys: () => spool.keys(),
    size: () => spool.size(),
    room: () => spool.room(),
    close: async () => {
      const { records } = spool.size()
      await spool.close()
      if (records === 0) await done()
    },
  }
}

async function refuseWaiting(
  { name, clock, log }: SpoolWiring,
  directory: string,
  after: SpoolPosition | undefined,
): Promise<void> {
  const disk = await openSegmentSpool({ directory, name, clock, log, ...(after && { after }) })
  const { records } = disk.size()
  await disk.close()
  if (records === 0) return
  throw refusal(
    `${records} records still wait in the spool on disk`,
    'start without bus.url and with senders stopped until none waits, then with it',
  )
}

function stillInNats(name: string, inUse: string): Problem {
  return refusal(
    `records may still wait in the NATS stream haidang-spool-${name}`,
    `start with bus.url as before and with senders stopped until none waits, stop the node, and start without it; where the stream is lost for good, remove ${inUse}`,
  )
}

function refusal(cause: string, remedy: string): Problem {
  const errors = [{ field: 'bus.url', cause, remedy }]
  return new Problem('configuration.invalid', `bus.url: ${cause}; ${remedy}`, errors)
}
