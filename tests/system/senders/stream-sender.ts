/** A real client that sends numbered records to a node. */
export interface StreamSender {
  /**
   * Hands over records `from` up to, not with, `to`. Resolves when the client has taken them (a daemon), or when
   * all are sent and, where its protocol does that, acknowledged.
   */
  send(from: number, to: number): Promise<void>
  /** Ends the client in order and starts it again. */
  restart(): Promise<void>
  stop(): Promise<void>
  /** The last it complained about. */
  readonly complaints: string
}

/** What makes a line of a number; the same number always the same. */
export type TextOf = (n: number) => string
