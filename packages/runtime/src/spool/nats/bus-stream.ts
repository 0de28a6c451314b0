/** What became of a message that was published. */
export type Published =
  | { readonly kind: 'stored'; readonly sequence: number }
  /** The broker said that it is not stored and why: there is no room. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody can tell yet: no answer came, or one that leaves it open. */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface StoredMessage {
  /** Identity its writer gave it. */
  readonly id: string
  readonly data: Uint8Array
}

/** A stream of a broker, as far as the spool needs one: what is stored has a sequence number, and they only grow. */
export interface BusStream {
  /** Bytes a message may have. */
  readonly mostBytes: number
  /** First and last sequence number; `first` is above `last` where nothing is stored. Rejects while nobody answers. */
  bounds(): Promise<{ readonly first: number; readonly last: number }>
  /** Stores a message only if `after` is the last number. Never rejects. */
  publish(data: Uint8Array, id: string, after: number): Promise<Published>
  /** What is stored under a number; undefined: it was given back. Rejects while nobody answers or has it yet. */
  read(sequence: number): Promise<StoredMessage | undefined>
  /** Gives back everything below a number. */
  purgeBelow(sequence: number): Promise<void>
}
