import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { RecordDeadline } from './record-deadline.ts'

/** Who is at the other end of a stream, and how to answer. */
export interface StreamPeer {
  readonly socket: Socket
  /** Network address; `unix` on a UNIX socket. */
  readonly address: string
  /** Names its client certificate proved; without one none. */
  readonly names: readonly string[]
  /** Said by the protocol while it owes an answer: a stop lets it be given. */
  owes: boolean
  /** Said by a protocol that acknowledges nothing: a stop reads what still comes. */
  readsOut: boolean
  /** Said by a stop: nothing more is read, but by who reads out. */
  isClosing: boolean
  /** Kept by the protocol: how long the record takes that is coming in. */
  readonly record: RecordDeadline
}

/** The peer of a connection that is open, its TLS handshake done. */
export function peerOf(socket: Socket): StreamPeer {
  const names = namesOf(socket)
  const address = socket.remoteAddress ?? 'unix'
  const record = new RecordDeadline()
  return { socket, address, names, owes: false, readsOut: false, isClosing: false, record }
}

/** Names the other end's client certificate proved; without one none. */
export function namesOf(socket: Socket): string[] {
  return socket instanceof TLSSocket && socket.authorized ? namesShown(socket) : []
}

/** Resolves when the bytes have left this process; rejects when the connection is gone. */
export function answer(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

function namesShown(socket: TLSSocket): string[] {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return []
  const common = certificate.toLegacyObject().subject?.CN
  return [...[common ?? []].flat(), ...hostNames(certificate.subjectAltName ?? '')]
}

/** The DNS names of a certificate; a text with quotes holds names made to be misread, so none of it counts. */
export function hostNames(alternatives: string): string[] {
  if (alternatives.includes('"')) return []
  return alternatives.split(', ').flatMap((name) => /^DNS:([\w.-]+)$/.exec(name)?.[1] ?? [])
}
