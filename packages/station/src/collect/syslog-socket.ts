import { once } from 'node:events'
import { chmod, lstat, unlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { requireReadable } from './readable-path.ts'
import { StreamListener, type StreamListenerParts } from './stream-listener.ts'

interface SyslogSocketParts extends Omit<StreamListenerParts, 'at' | 'name' | 'credentials'> {
  readonly path: string
  /** Of this node: no socket is made in it. */
  readonly dataDirectory: string
}

/**
 * A listener at a UNIX stream socket, open to the user and group of the node; one that a dead process left is
 * replaced. Throws an Error where it may not stand. Node has no datagram sockets of this kind.
 */
export async function openSyslogSocket(parts: SyslogSocketParts): Promise<StreamListener> {
  const { path, dataDirectory } = parts
  await requireReadable(dirname(path), dataDirectory)
  await removeDead(path)
  const listener = new StreamListener({ ...parts, name: 'syslog socket', at: { path } })
  await listener.start()
  if (listener.problem === undefined) await chmod(path, 0o660)
  return listener
}

async function removeDead(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined)
  if (!found?.isSocket() || (await answers(path))) return
  await unlink(path)
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path)
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
