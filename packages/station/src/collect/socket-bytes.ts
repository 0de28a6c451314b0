import type { Socket } from 'node:net'

/** Bytes put together before they are handed on. */
const most = 1_048_576

/**
 * The bytes of a socket as they come, all that wait in one piece: over TLS each record a sender writes comes
 * alone, and each would cost a write to disk of its own. What came before a reset is handed on, too, then the
 * error is thrown. The socket is not destroyed at the end.
 */
export async function* socketBytes(socket: Socket): AsyncGenerator<Buffer, void, undefined> {
  try {
    for await (const first of socket.iterator({ destroyOnReturn: false }))
      yield together(socket, [first as Buffer])
  } catch (error) {
    for (let rest = together(socket); rest.length > 0; rest = together(socket)) yield rest
    throw error
  }
}

function together(socket: Socket, parts: Buffer[] = []): Buffer {
  for (let length = parts[0]?.length ?? 0; length < most; ) {
    const more = socket.read() as Buffer | null
    if (more === null) break
    parts.push(more)
    length += more.length
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
}
