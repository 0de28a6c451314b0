/** Sends records to one listener of a station, in the order given. */
export interface Sender {
  /** Resolves when there is room for more; what cannot be delivered is tried again as long as the replay runs. */
  send(record: string): Promise<void>
  /** Resolves when everything is out: acknowledged where the way in acknowledges. */
  close(): Promise<void>
  counts(): SenderCounts
}

export interface SenderCounts {
  /** Records given to the network. */
  readonly sent: number
  /** Records the receiver says it has; equals `sent` on ways in that never answer. */
  readonly acknowledged: number
  /** Records sent again because their answer was missing or a refusal for now. */
  readonly resent: number
}

/** A listener of a station. */
export interface Listener {
  readonly host: string
  readonly port: number
}
