/** Where a mail lies in its mailbox. A mailbox made anew has another validity, and counts from the start. */
export interface MailPosition {
  readonly validity: string
  readonly uid: number
}

/** A mail as it lies in the mailbox. */
export interface LyingMail {
  readonly position: MailPosition
  /** Bytes of the whole mail. */
  readonly size: number
  /** The mail as it came; of one larger than what is fetched, only its headers. */
  readonly bytes: Uint8Array
  readonly isWhole: boolean
}

/** A mailbox that is read and left as it is: nothing in it is marked, moved or removed. */
export interface Mailbox {
  /**
   * Hands on what came after a position, oldest first and one at a time, at most `most`. Answers how many. Where
   * `take` throws, it ends with that error, and what was not taken comes again with the next call. Throws an Error
   * where the server cannot be reached or refuses.
   */
  read(
    after: MailPosition | undefined,
    most: number,
    take: (mail: LyingMail) => Promise<void>,
  ): Promise<number>
}
