/** Ways into a station a scenario uses: syslog, or the JSON-lines source of this name. */
export type Channel = 'syslog' | 'suricata' | 'zeek' | 'windows'

/** One record, written when it is sent so that it bears the time of sending. */
export interface Message {
  /** Seconds after the start, at speed 1. */
  readonly at: number
  readonly station: string
  readonly channel: Channel
  /** The record as its product writes it; `time` in milliseconds since the epoch. */
  readonly write: (time: number) => string
}

/** An attack and the ordinary traffic around it. The same seed gives the same messages. */
export interface Scenario {
  readonly name: string
  /** Names of the stations it plays at. */
  readonly stations: readonly string[]
  /** Told once, in any order. */
  readonly story: (seed: number) => readonly Message[]
  /** What goes on meanwhile and after, without end, in order of time. */
  readonly background: (seed: number) => Iterable<Message>
}
