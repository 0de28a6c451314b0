import type { MailEncryption } from '@haidang/contracts/received-mail'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { contentOf, type MimeEntity, mimeEntity, partsOf } from '@haidang/runtime/mail/mime-entity'
import type { ReadMail } from '@haidang/runtime/mail/read-mail'
import { decrypt, type Key, type PrivateKey, readKey, readMessage } from 'openpgp'
import type { MailKeyService } from './mail-key-service.ts'
import { type Judgement, judged, signatureOver, unsigned } from './mail-signature.ts'

interface OpenerParts {
  readonly database: Database
  readonly keys: Pick<MailKeyService, 'openers'>
  /** Armoured keys that who reads an address confirmed. */
  readonly keysOf: (tx: Tx, address: string) => Promise<readonly string[]>
}

/** What OpenPGP makes of a mail. */
export interface OpenedMail extends Judgement {
  readonly encryption: MailEncryption
  /** The mail as it was before it was encrypted; undefined: it was not, or nobody here can open it. */
  readonly bytes: Uint8Array | undefined
  /** What alone is to be shown: what was sealed, what the signature is over; undefined: the mail as it came. */
  readonly shown: Uint8Array | undefined
}

interface Keys {
  readonly own: readonly PrivateKey[]
  readonly senders: readonly Key[]
}

const nothing = { bytes: undefined, shown: undefined } as const
const plain: OpenedMail = { ...unsigned, ...nothing, encryption: 'none' }
const closed: OpenedMail = { ...unsigned, ...nothing, encryption: 'closed' }
/** What is packed smaller than it is must not fill the memory. */
const config = { maxDecompressedMessageSize: 100_000_000 }
const inlineBegin = '-----BEGIN PGP MESSAGE-----'

/** Opens what was encrypted to the node, and tells by whom a mail was signed: PGP/MIME (RFC 3156), and messages in the text. */
export class OpeningService {
  readonly #parts: OpenerParts

  constructor(parts: OpenerParts) {
    this.#parts = parts
  }

  /** `read` is the mail as it came. Throws only where the keys cannot be asked for: that passes. */
  async open(bytes: Uint8Array, read: ReadMail): Promise<OpenedMail> {
    const source = canonical(bytes)
    const entity = mimeEntity(source)
    const isSealed = isPgp(entity, 'multipart/encrypted', 'application/pgp-encrypted')
    const isInline = !isSealed && read.text.includes(inlineBegin)
    if (!isSealed && !isInline && !isSigned(entity)) return plain
    const keys = await this.#keys(read.from.address)
    try {
      if (isSigned(entity)) {
        const { judgement, content } = await signedIn(entity, keys)
        return { ...plain, ...judgement, shown: content && joined(entity, content) }
      }
      const message = isSealed ? sealedIn(entity) : Buffer.from(inlineIn(read.text))
      return await opened(entity, message, isInline, keys)
    } catch {
      return isSigned(entity) ? { ...plain, signature: 'bad' } : closed
    }
  }

  #keys(address: string): Promise<Keys> {
    const { database, keys, keysOf } = this.#parts
    return database.transact(systemScope, async (tx) => ({
      own: await keys.openers(tx),
      senders: await readable(await keysOf(tx, address)),
    }))
  }
}

/** Throws an Error where none of the keys opens it. */
async function opened(
  outer: MimeEntity,
  message: Uint8Array,
  isText: boolean,
  { own, senders }: Keys,
): Promise<OpenedMail> {
  const armoredMessage = Buffer.from(message).toString('latin1')
  const { data, signatures } = await decrypt({
    config,
    message: armoredMessage.includes(inlineBegin)
      ? await readMessage({ armoredMessage, config })
      : await readMessage({ binaryMessage: message, config }),
    decryptionKeys: [...own],
    verificationKeys: [...senders],
    format: 'binary',
  })
  const judgement = await judged(signatures, senders)
  const inside = canonical(data)
  const inner = mimeEntity(
    isText ? `Content-Type: text/plain; charset=utf-8\r\n\r\n${inside}` : inside,
  )
  const bytes = joined(outer, inner)
  if (!isSigned(inner)) return { ...judgement, encryption: 'opened', bytes, shown: bytes }
  const signed = await signedIn(inner, { own, senders })
  const shown = signed.content ? joined(outer, signed.content) : bytes
  return { ...signed.judgement, encryption: 'opened', bytes, shown }
}

/** The mail with the headers it came under and the content that was sealed in it. */
function joined(outer: MimeEntity, inner: MimeEntity): Uint8Array {
  const isContent = (field: string) => /^content-/i.test(field)
  const isSubject = (field: string) => /^subject:/i.test(field)
  const subject = inner.fields.find(isSubject)
  const fields = [
    ...outer.fields.filter((field) => !isContent(field) && !(subject && isSubject(field))),
    ...(subject ? [subject] : []),
    ...inner.fields.filter(isContent),
  ]
  return Buffer.from(`${fields.join('\r\n')}\r\n\r\n${inner.body}`, 'latin1')
}

/** What a signature says, and what it is over: two parts and no more (RFC 1847), so that nothing else passes for signed. */
async function signedIn(
  entity: MimeEntity,
  { senders }: Keys,
): Promise<{ readonly judgement: Judgement; readonly content: MimeEntity | undefined }> {
  const [content, signature, ...others] = partsOf(entity)
  if (content === undefined || signature === undefined || others.length > 0) {
    return { judgement: { signature: 'bad', signer: '' }, content: undefined }
  }
  const over = Buffer.from(content, 'latin1')
  const judgement = await signatureOver(over, contentOf(mimeEntity(signature)), senders)
  return { judgement, content: mimeEntity(content) }
}

function sealedIn(entity: MimeEntity): Uint8Array {
  return contentOf(mimeEntity(partsOf(entity)[1] ?? ''))
}

function inlineIn(text: string): string {
  return text.slice(text.indexOf(inlineBegin)).replaceAll('\n', '\r\n')
}

function isSigned(entity: MimeEntity): boolean {
  return isPgp(entity, 'multipart/signed', 'application/pgp-signature')
}

function isPgp({ type, parameters }: MimeEntity, wanted: string, protocol: string): boolean {
  return type === wanted && parameters.get('protocol')?.toLowerCase() === protocol
}

/** A character for each byte, with the line ends a signature is over. */
function canonical(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replaceAll(/\r?\n/g, '\r\n')
}

/** A key that cannot be read any more proves nothing, and stops nobody. */
async function readable(armoured: readonly string[]): Promise<Key[]> {
  const read = await Promise.allSettled(armoured.map((armoredKey) => readKey({ armoredKey })))
  return read.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}
