import type { Socket } from 'node:net'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { TLSSocket } from 'node:tls'

/** Milliseconds: a sender on a busy machine may read late what it was answered. */
const farewell = 3000
const looks = 10
const between = 50

/** Ends our side and lets what still comes run out: a reset would take answers with it that stand in the peer's socket. */
export async function hangUp(socket: Socket): Promise<void> {
  if (socket.destroyed) return
  const timer = setTimeout(() => socket.destroy(), farewell)
  socket.end().resume()
  await finished(socket).catch(() => undefined)
  clearTimeout(timer)
}

/**
 * Ends our side while the protocol reads on, until the sender has ended too or was quiet for half a second, or
 * the signal aborts: where nothing is acknowledged, nobody would send again what stands in the socket. TLS
 * reads no more once it is ended, so there the end comes last.
 */
export async function readOut(socket: Socket, signal: AbortSignal): Promise<void> {
  if (!(socket instanceof TLSSocket)) socket.end()
  let seen = -1
  // Many short looks: after a long turn of the program a single one would come before what waits was read.
  for (let quiet = 0; quiet < looks && !socket.destroyed; quiet++) {
    if (socket.bytesRead !== seen || socket.readableLength > 0) quiet = 0
    seen = socket.bytesRead
    await pause(between, undefined, { signal }).catch(() => socket.destroy())
  }
  socket.end().destroySoon()
}
