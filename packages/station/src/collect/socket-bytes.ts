import type { Socket } from 'node:net'

/** Bytes put together before they are handed on. */
const most = 1_048_576

/**
 * The bytes of a socket as they come, all that wait in one piece: over TLS each record a sender writes comes
 * alone, and each would cost a write to disk of its own. The socket is not destroyed at the end.
 */
export async function* socketBytes(socket: Socket): AsyncGenerator<Buffer, void, undefined> {
  for await (const first of socket.iterator({ destroyOnReturn: false })) {
    const parts = [first as Buffer]
    for (let length = parts[0]?.length ?? 0; length < most; ) {
      const more = socket.read() as Buffer | null
      if (more === null) break
      parts.push(more)
      length += more.length
    }
    yield parts.length === 1 ? (first as Buffer) : Buffer.concat(parts)
  }
}
