import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const nonceBytes = 16
const timeBytes = 6
const bodyBytes = nonceBytes + timeBytes
const macBytes = 32
/** Milliseconds somebody has to touch the device. */
const lifetime = 5 * 60_000

/**
 * A challenge that says itself what it is for and until when it holds, so that asking for many fills no table.
 * base64url of nonce, end and a keyed hash of both with the purpose.
 */
export function newChallenge(secret: string, purpose: string, now: number): string {
  const body = Buffer.alloc(bodyBytes)
  randomBytes(nonceBytes).copy(body)
  body.writeUIntBE(now + lifetime, nonceBytes, timeBytes)
  return Buffer.concat([body, mac(secret, purpose, body)]).toString('base64url')
}

/** Until when a challenge made here for this purpose holds, milliseconds; undefined for any other text. */
export function challengeEnd(
  secret: string,
  purpose: string,
  challenge: string,
  now: number,
): number | undefined {
  const bytes = Buffer.from(challenge, 'base64url')
  if (bytes.length !== bodyBytes + macBytes) return undefined
  const body = bytes.subarray(0, bodyBytes)
  if (!timingSafeEqual(bytes.subarray(bodyBytes), mac(secret, purpose, body))) return undefined
  const end = body.readUIntBE(nonceBytes, timeBytes)
  return end > now ? end : undefined
}

function mac(secret: string, purpose: string, body: Buffer): Buffer {
  return createHmac('sha256', secret)
    .update(`passkey challenge\n${purpose}\n`)
    .update(body)
    .digest()
}
