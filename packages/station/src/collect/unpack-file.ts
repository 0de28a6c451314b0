import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import type { Transform, Writable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { UnpackFaultKind } from './file-mark.ts'

/** What a packed file may become. */
export interface UnpackBounds {
  /** Bytes unpacked. */
  readonly bytes: number
  /** Bytes unpacked for each packed, once it is more than `fromBytes`. */
  readonly ratio: number
  readonly fromBytes: number
}

export const unpackBounds: UnpackBounds = {
  bytes: 32 * 2 ** 30,
  ratio: 1000,
  fromBytes: 64 * 2 ** 20,
}

/** Where a packed file could be read no further, and why. */
export class UnpackFault extends Error {
  readonly kind: UnpackFaultKind

  constructor(kind: UnpackFaultKind) {
    super(kind)
    this.kind = kind
  }
}

const inputBytes = 65_536
const outputBytes = 65_536
/** Answers pieces as they are taken. */
type Codec = (handle: FileHandle) => AsyncGenerator<Buffer, void, undefined>

const codecs: readonly (readonly [begins: string, Codec])[] = [
  ['1f8b', (handle) => byEngine(handle, createGunzip)],
  ['28b52ffd', (handle) => byEngine(handle, createZstdDecompress)],
  ['fd377a585a00', (handle) => byProgram(handle, ['xz', '-dc', '--memlimit-decompress=128MiB'])],
  ['425a68', (handle) => byProgram(handle, ['bzip2', '-dc'])],
]

/**
 * The bytes a packed file unpacks to, a piece at a time, by what it begins with: gzip and zstd, all members of them; xz and
 * bzip2 where the system has the program. Throws UnpackFault where it goes no further; up to 64 kB before damage
 * may be lost to it.
 */
export async function* unpackFile(
  handle: FileHandle,
  bounds = unpackBounds,
): AsyncGenerator<Buffer, void, undefined> {
  const { size } = await handle.stat()
  const start = await handle.read(Buffer.alloc(6), 0, 6, 0)
  const magic = start.buffer.subarray(0, start.bytesRead).toString('hex')
  const codec = codecs.find(([begins]) => magic.startsWith(begins))?.[1]
  if (!codec) throw new UnpackFault('unknown')
  let taken = 0
  for await (const piece of codec(handle)) {
    taken += piece.length
    if (taken > bounds.bytes) throw new UnpackFault('size')
    if (taken > bounds.fromBytes && taken > size * bounds.ratio) throw new UnpackFault('ratio')
    yield piece
  }
}

async function* byEngine(
  handle: FileHandle,
  make: (options: object) => Transform,
): AsyncGenerator<Buffer, void, undefined> {
  // With so small a mark each piece is taken before the next is made: none is dropped with an error behind it.
  const engine = make({ chunkSize: outputBytes, readableHighWaterMark: 1 })
  const feeding = feed(handle, engine).catch((error: Error) => engine.destroy(error))
  try {
    for await (const piece of engine) yield piece as Buffer
  } catch (error) {
    throw faultOf(error)
  } finally {
    engine.destroy()
    await feeding
  }
}

/** Each piece is worked off before the next, so that an end come too early takes none with it. */
async function feed(handle: FileHandle, engine: Writable): Promise<void> {
  const buffer = Buffer.alloc(inputBytes)
  // An engine that failed does not answer for what it was given.
  const closed = once(engine, 'close')
  closed.catch(() => undefined)
  for (let at = 0; !engine.destroyed; ) {
    const { bytesRead } = await handle.read(buffer, 0, inputBytes, at)
    if (bytesRead === 0) break
    at += bytesRead
    const written = new Promise((resolve) => engine.write(buffer.subarray(0, bytesRead), resolve))
    await Promise.race([written, closed])
  }
  engine.end()
}

async function* byProgram(
  handle: FileHandle,
  [name, ...options]: readonly [string, ...string[]],
): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn(name, options, { env: programEnvironment })
  const feeding = feed(handle, child.stdin).catch(() => undefined)
  child.stdin.on('error', () => undefined)
  let words = ''
  child.stderr.setEncoding('latin1').on('data', (text: string) => {
    if (words.length < 1000) words += text.slice(0, 1000)
  })
  const closed = once(child, 'close').catch((error: Error) => error)
  try {
    for await (const piece of child.stdout) yield piece as Buffer
    const end = await closed
    if (end instanceof Error)
      throw new Error(`${name}, which unpacks it, does not start: ${end.message}`)
    const isCut = /unexpected end|ends unexpectedly/i.test(words)
    if (end[0] !== 0) throw new UnpackFault(isCut ? 'truncated' : 'corrupt')
  } finally {
    child.kill('SIGKILL')
    await feeding
  }
}

/** Its messages are read: they are to be in English. */
const programEnvironment = { PATH: '/usr/bin:/bin:/usr/local/bin', LC_ALL: 'C' }

/** What goes wrong with the disk stays what it is. */
function faultOf(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'Z_BUF_ERROR') return new UnpackFault('truncated')
  return /^(?:Z_|ZSTD_)/.test(code) ? new UnpackFault('corrupt') : error
}
