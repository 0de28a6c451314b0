import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import { readOrMake } from '@haidang/link/keys/key-file'

const tokenBytes = 16

/** Signs the ids of our mails into their Message-IDs, so that an answer or a bounce proves which mail it is about. */
export interface MailTokens {
  /** Local part of the Message-ID of the mail of this id: the same each time. */
  sign(id: string): string
  /** The id in a Message-ID this node signed; undefined: it did not. */
  read(messageId: string): string | undefined
}

/** The key is made at first use and kept at `keys/mail-tokens.key` of the data directory. */
export async function openMailTokens(dataDirectory: string): Promise<MailTokens> {
  const path = join(dataDirectory, 'keys', 'mail-tokens.key')
  const text = await readOrMake(path, async () => randomBytes(32).toString('base64url'))
  const key = Buffer.from(text.trim(), 'base64url')
  const tokenOf = (id: string) =>
    createHmac('sha256', key).update(id).digest().subarray(0, tokenBytes)
  return {
    sign: (id) => `${id}.${tokenOf(id).toString('base64url')}`,
    read(messageId) {
      const [local = ''] = messageId.split('@')
      const [id = '', token = ''] = local.split('.')
      const given = Buffer.from(token, 'base64url')
      const isOurs = given.length === tokenBytes && timingSafeEqual(given, tokenOf(id))
      return isOurs ? id : undefined
    },
  }
}
