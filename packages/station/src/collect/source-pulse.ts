/** What came of a source since the start; times in milliseconds since the epoch, 0: never. */
export interface Pulse {
  /** Of its last record. */
  readonly lastAt: number
  /** Of the first record after the last pause of ten seconds. */
  readonly resumedAt: number
  readonly records: number
  /** The hour since the epoch that `thisHour` counts. */
  readonly hour: number
  readonly thisHour: number
  readonly hourBefore: number
  /** Address or file of its last record. */
  readonly sender: string
  /** When records of it were last lost before the spool. */
  readonly droppedAt: number
}

type Counted = { -readonly [K in keyof Pulse]: Pulse[K] }

/** Of a source that sent nothing. */
export const noPulse: Pulse = {
  lastAt: 0,
  resumedAt: 0,
  records: 0,
  hour: 0,
  thisHour: 0,
  hourBefore: 0,
  sender: '',
  droppedAt: 0,
}
const pause = 10_000
const hourLength = 3_600_000

/** Feels the pulse of every source as records come in: a few numbers each. */
export class SourcePulses {
  readonly #pulses = new Map<string, Counted>()

  /** As of now: hours that passed since its last record are counted as empty. */
  of(sourceId: string, now: number): Pulse {
    const pulse = this.#pulses.get(sourceId)
    if (!pulse) return { ...noPulse, hour: Math.floor(now / hourLength) }
    turn(pulse, now)
    return { ...pulse }
  }

  beat(sourceId: string, sender: string, records: number, now: number): void {
    const pulse = this.#counted(sourceId)
    turn(pulse, now)
    if (now - pulse.lastAt > pause) pulse.resumedAt = now
    pulse.lastAt = now
    pulse.records += records
    pulse.thisHour += records
    pulse.sender = sender
  }

  lost(sourceId: string, now: number): void {
    this.#counted(sourceId).droppedAt = now
  }

  #counted(sourceId: string): Counted {
    const known = this.#pulses.get(sourceId)
    if (known) return known
    const made = { ...noPulse }
    this.#pulses.set(sourceId, made)
    return made
  }
}

function turn(pulse: Counted, now: number): void {
  const hour = Math.floor(now / hourLength)
  // A clock set back goes on counting in the hour it was in.
  if (hour <= pulse.hour) return
  pulse.hourBefore = hour === pulse.hour + 1 ? pulse.thisHour : 0
  pulse.thisHour = 0
  pulse.hour = hour
}
