import { isoOf } from '@haidang/runtime/clock'
import { probeHeartbeat } from './conformance-target.ts'
import type { Probe, ProbeAnswer } from './probe.ts'

/** A rule of link.md for parents; `check` says what came instead, or nothing when the rule is kept. */
export interface Rule {
  readonly rule: string
  readonly asks: string
  check(probe: Probe): Promise<string | undefined>
}

/** A heartbeat line, `shift` milliseconds off the kit's clock. */
export function beat({ target }: Probe, shift = 0): string {
  return JSON.stringify(probeHeartbeat(isoOf(target.clock.now() + shift)))
}

/** Nothing when the rule was kept, otherwise what came instead. */
export function unless(kept: boolean, { status, code, stored, expected, text }: ProbeAnswer) {
  if (kept) return undefined
  return `${status} ${JSON.stringify({ code, stored, expected })} ${text.slice(0, 200)}`
}
