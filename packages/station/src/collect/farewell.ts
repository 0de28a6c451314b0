import type { Socket } from 'node:net'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'

const farewell = 1000
const quiet = 500

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
 * the signal aborts: where nothing is acknowledged, nobody would send again what stands in the socket.
 */
export async function readOut(socket: Socket, signal: AbortSignal): Promise<void> {
  socket.end()
  let seen = -1
  while (!socket.destroyed && (socket.bytesRead !== seen || socket.readableLength > 0)) {
    seen = socket.bytesRead
    await pause(quiet, undefined, { signal }).catch(() => socket.destroy())
  }
  socket.destroy()
}
