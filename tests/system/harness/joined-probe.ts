import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConformanceTarget } from '@haidang/link/conformance/conformance-target'
import { joinAsProbe } from '@haidang/link/conformance/join-probe'
import { systemClock } from '@haidang/runtime/clock'
import { idsFrom } from '@haidang/runtime/ids'

/** A client of the conformance kit among many on this host. */
export interface ProbePlace {
  /** Its place among the others, from 0. */
  readonly n: number
  /** A join code of the centre. */
  readonly code: string
  /** Where its keys stand. */
  readonly directory: string
  /** Told once: the key the centre's officer is asked to approve. */
  waiting(fingerprint: string): void
}

const newId = idsFrom(systemClock)
/** Joins an address may knock for in a minute, with room. */
const perAddress = 25

/** Joins over the wire and waits until an officer has approved it. */
export async function joinedProbe({
  n,
  code,
  directory,
  waiting,
}: ProbePlace): Promise<ConformanceTarget> {
  const keys = join(directory, `node-${n}`)
  await mkdir(keys, { recursive: true })
  return joinAsProbe({
    code,
    directory: keys,
    nodeId: newId('node'),
    clock: systemClock,
    waiting,
    localAddress: `127.0.1.${1 + Math.floor(n / perAddress)}`,
    signal: AbortSignal.timeout(600_000),
  })
}
