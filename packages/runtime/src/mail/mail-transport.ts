/** One mail to one reader. */
export interface Mail {
  /** Local part of its Message-ID: the same for every repeat, so that readers' programs show one. */
  readonly id: string
  /** Local part of the Message-ID everything on the same subject answers. */
  readonly thread: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** Sends it as PGP/MIME (RFC 3156): `subject` stands outside, for everybody to read. */
  readonly sealed?: SealedMail | undefined
}

/** What goes out of a mail nobody on its way may read. */
export interface SealedMail {
  /** The subject inside, for the reader’s program. */
  readonly subject: string
  /** Makes an ASCII-armoured OpenPGP message of a MIME entity. */
  readonly encrypt: (entity: Uint8Array) => Promise<string>
}

/**
 * The way mails leave the node. A mail server that took a mail has it; a kill between its answer and our
 * commit repeats the mail under the same Message-ID.
 */
export interface MailTransport {
  /** Resolves once a server took it. Throws MailRefused. */
  send(mail: Mail): Promise<void>
  close(): void
}

/** A mail that was not taken. `permanent`: the same again would be refused again. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused'
  readonly permanent: boolean
  /** Whether a server was reached at all. */
  readonly reached: boolean

  constructor(message: string, { permanent, reached }: Pick<MailRefused, 'permanent' | 'reached'>) {
    super(message)
    this.permanent = permanent
    this.reached = reached
  }
}
